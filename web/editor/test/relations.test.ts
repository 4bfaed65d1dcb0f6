import { describe, expect, it } from 'vitest';
import type { EditorRecord } from '../src/model/annotation.ts';
import type { Ontology } from '../src/model/ontology.ts';
import { relationsAmong } from '../src/model/relations.ts';
import { pack, unpack } from '../src/render/packing.ts';
import { FakeServer } from './fake-server.ts';
import { box, TestEditor, testOntology, wire } from './test-editor.ts';

const ontology: Ontology = {
  ...testOntology,
  predicates: [
    { id: 'near', name: 'is near', from: [], to: [] },
    { id: 'drives', name: 'drives', from: ['person'], to: ['car'] },
  ],
};

async function open(...more: readonly ReturnType<typeof wire>[]): Promise<TestEditor> {
  const server = new FakeServer('set', [
    wire('ann', box(10, 10, 20, 20), { classId: 'person' }),
    wire('car', box(60, 10, 20, 20)),
    wire('van', box(60, 60, 20, 20)),
    ...more,
  ]);
  const editor = await TestEditor.open({ server });
  editor.setOntology(ontology);
  return editor;
}

const told = (editor: TestEditor) =>
  relationsAmong(editor.records()).map(({ subject, predicate, object }) => `${subject.id} ${predicate} ${object.id}`);

const ids = (records: readonly EditorRecord[]) => records.map(({ id }) => id);

describe('The relation tool', () => {
  it('joins two objects by dragging, by the predicate in hand where that goes between them', async () => {
    const editor = await open();
    editor.key('D');
    editor.setCurrentPredicate('drives');
    editor.drag([
      [20, 20],
      [40, 20],
      [70, 20],
    ]);
    editor.drag([
      [70, 20],
      [70, 70],
    ]);
    expect(told(editor)).toEqual(['ann drives car', 'car near van']);
    await editor.whenSaved();
    expect(editor.server.annotations().find(({ id }) => id === 'ann')?.relations).toEqual([
      { predicate: 'drives', object: 'car' },
    ]);
    editor.actions.undo();
    editor.actions.undo();
    expect([told(editor), editor.history.value.undo]).toEqual([[], null]);
  });

  it('joins them by two clicks as well', async () => {
    const editor = await open();
    editor.setTool('relation');
    editor.click(20, 20);
    editor.move([70, 70]);
    expect(editor.preview.value).toMatchObject({ arrow: { from: { x: 20, y: 20 }, to: { x: 70, y: 70 } } });
    editor.click(70, 70);
    expect([told(editor), editor.busy.value, editor.preview.value]).toEqual([['ann near van'], false, null]);
  });

  it('leaves no trace when cancelled, in any state, or let go over nothing', async () => {
    for (const end of ['press', 'click', 'nothing'] as const) {
      const editor = await open();
      editor.setTool('relation');
      if (end === 'press') editor.press([20, 20]);
      else if (end === 'click') editor.click(20, 20);
      editor.move([45, 45]);
      if (end === 'nothing')
        editor.drag([
          [20, 20],
          [45, 45],
        ]);
      else editor.key('Escape');
      expect([editor.busy.value, editor.preview.value, told(editor), editor.history.value.undo]).toEqual([
        false,
        null,
        [],
        null,
      ]);
    }
  });

  it('is not offered where the ontology has no relations, and says so where none fits', async () => {
    const editor = await open();
    editor.setOntology({ ...ontology, predicates: ontology.predicates?.slice(1) ?? [] });
    editor.setTool('relation');
    editor.drag([
      [70, 20],
      [70, 70],
    ]);
    expect([told(editor), editor.notice.value?.tone]).toEqual([[], 'warning']);
    editor.setTool('select');
    editor.setOntology(testOntology);
    expect(editor.key('D')).toBe(false);
  });
});

describe('Relations', () => {
  it('go with an object that is deleted, and come back with it', async () => {
    const editor = await open();
    editor.relations.relate('ann', 'car');
    editor.relations.relate('car', 'ann');
    editor.relations.relate('ann', 'van');
    const before = editor.records();
    editor.actions.remove(['car']);
    expect([told(editor), ids(editor.records())]).toEqual([['ann near van'], ['ann', 'van']]);
    expect(editor.annotations.value.get('ann')?.relations).toEqual([{ predicate: 'near', object: 'van' }]);
    await editor.whenSaved();
    editor.actions.undo();
    expect(editor.records()).toEqual(before);
    await editor.whenSaved();
    expect(editor.server.annotations().find(({ id }) => id === 'ann')?.relations).toHaveLength(2);
  });

  it('are made of what is selected by a key, and taken away one by one', async () => {
    const editor = await open();
    editor.select(['ann', 'car', 'van']);
    editor.key('Alt+J');
    expect(told(editor)).toEqual(['ann near car', 'ann near van']);
    editor.relations.relate('ann', 'car');
    expect(told(editor)).toHaveLength(2);
    editor.relations.unrelate('ann', 'near', 'car');
    editor.relations.unrelate('ann', 'near', 'van');
    expect(editor.annotations.value.get('ann')).not.toHaveProperty('relations');
  });

  it('to what somebody else deleted say nothing, until it comes back', async () => {
    const editor = await open(wire('bus', box(10, 60, 5, 5), { relations: [{ predicate: 'near', object: 'gone' }] }));
    expect(told(editor)).toEqual([]);
    editor.server.putByOther(wire('gone', box(30, 60, 5, 5)));
    await expect.poll(() => told(editor)).toEqual(['bus near gone']);
  });

  it('among what is copied are copied', async () => {
    const editor = await open();
    editor.relations.relate('ann', 'car');
    editor.relations.relate('ann', 'van');
    editor.actions.duplicate(['ann', 'car']);
    expect(told(editor)).toHaveLength(3);
    const [copy, other] = editor.selection.value;
    expect(editor.annotations.value.get(copy ?? '')?.relations).toEqual([{ predicate: 'near', object: other }]);
  });

  it('are taken along by uniting, but for those to what is gone', async () => {
    const editor = await open();
    editor.relations.relate('car', 'van');
    editor.relations.relate('car', 'ann');
    editor.relations.relate('ann', 'van');
    editor.shapes.combine(['car', 'van'], 'unite');
    expect(told(editor)).toEqual(['car near ann']);
    editor.actions.undo();
    expect(told(editor)).toEqual(['ann near van', 'car near ann', 'car near van']);
  });

  it('come through the worker', () => {
    const sent = wire('a', box(0, 0, 1, 1), { relations: [{ predicate: 'near', object: 'b' }] });
    expect(unpack(pack([sent]))[0]?.record.relations).toEqual(sent.relations);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId } from '../src/model/ids.ts';
import { FakeServer } from './fake-server.ts';
import { box, TestEditor, testOntology, wire } from './test-editor.ts';

const three = () =>
  new FakeServer(newId(), [
    wire('a', box(10, 10, 30, 30)),
    wire('b', box(20, 20, 40, 40)),
    wire('c', box(70, 70, 20, 20), { classId: 'person' }),
  ]);

const order = (editor: TestEditor) => editor.records().map(({ id }) => id);

const selected = (editor: TestEditor) => editor.annotations.value.get(editor.selection.value[0] ?? '')?.shape;

describe('EditActions', () => {
  it('delete, and undo brings back the same', async () => {
    const editor = await TestEditor.open({ server: three() });
    const before = editor.records();
    editor.select(['a', 'c']);
    editor.key('Delete');
    expect(order(editor)).toEqual(['b']);
    expect(editor.selection.value).toEqual([]);
    editor.key('Ctrl+Z');
    expect(editor.records()).toEqual(before);
    expect([...editor.selection.value].sort()).toEqual(['a', 'c']);
  });

  it('give the selection a class by its key; without selection it is the class of the next drawing', async () => {
    const editor = await TestEditor.open({ server: three() });
    editor.key('2');
    expect(editor.currentClass.value).toBe('person');
    editor.select(['a']);
    editor.key('2');
    expect(editor.annotations.value.get('a')).toMatchObject({
      classId: 'person',
      provenance: { origin: 'edited', by: 'ann' },
    });
    editor.key('3');
    expect(editor.annotations.value.get('a')?.classId).toBe('person');
    expect(editor.notice.value?.message).toContain('Lane');
  });

  it('copy to another image, in place and inside of it', async () => {
    const editor = await TestEditor.open({ server: three() });
    editor.select(['c']);
    editor.key('Ctrl+C');
    await editor.openImage({
      imageId: 'small',
      setId: editor.server.setId.replace(/^./, 'f'),
      picture: new Blob(),
      size: { width: 80, height: 100 },
      ontology: editor.ontology.value,
      readOnly: false,
    });
    editor.actions.remove(editor.records().map(({ id }) => id));
    editor.key('Ctrl+V');
    expect(editor.records()).toHaveLength(1);
    expect(editor.records()[0]).toMatchObject({ classId: 'person', shape: box(60, 70, 20, 20) });
    expect(editor.selection.value).toEqual(order(editor));
  });

  it('duplicate aside, but never out of the image', async () => {
    const editor = await TestEditor.open({ server: three() });
    editor.select(['a']);
    editor.key('Ctrl+D');
    expect(selected(editor)).toEqual(box(22, 22, 30, 30));
    editor.select(['c']);
    editor.key('Ctrl+D');
    expect(selected(editor)).toEqual(box(80, 80, 20, 20));
  });

  it('nudge by one and by ten, a held key being one step', async () => {
    const editor = await TestEditor.open({ server: three() });
    editor.select(['a']);
    editor.key('ArrowRight');
    for (let i = 0; i < 5; i++) editor.commands.runKey('ArrowRight', true);
    editor.key('Shift+ArrowDown');
    expect(editor.annotations.value.get('a')?.shape).toEqual(box(16, 20, 30, 30));
    editor.key('Ctrl+Z');
    editor.key('Ctrl+Z');
    expect(editor.annotations.value.get('a')?.shape).toEqual(box(10, 10, 30, 30));
    expect(editor.history.value.undo).toBeNull();
  });

  it('change the order among what overlaps', async () => {
    const editor = await TestEditor.open({ server: three() });
    expect(order(editor)).toEqual(['a', 'b', 'c']);
    editor.actions.moveInOrder(['a'], 'forward');
    expect(order(editor).indexOf('a')).toBeGreaterThan(order(editor).indexOf('b'));
    editor.actions.moveInOrder(['a'], 'backward');
    expect(order(editor).indexOf('a')).toBeLessThan(order(editor).indexOf('b'));
    editor.actions.moveInOrder(['b'], 'front');
    expect(order(editor).at(-1)).toBe('b');
    editor.actions.moveInOrder(['c'], 'back');
    expect(order(editor)[0]).toBe('c');
    editor.actions.moveInOrder(['c'], 'forward');
    expect(order(editor)[0]).toBe('c');
  });

  it('add and remove image tags and attributes, and set the outcome', async () => {
    const editor = await TestEditor.open();
    editor.actions.setTags(['car']);
    editor.actions.setTags(['car']);
    editor.actions.setImageAttributes({ weather: 'rain' });
    editor.actions.setImageAttributes({ weather: undefined, night: true });
    editor.actions.setOutcome({ outcome: 'unusable', reason: 'blurred' });
    expect(editor.records().map(({ classId, attributes }) => [classId, attributes])).toEqual([
      ['car', {}],
      ['@image', { night: true }],
    ]);
    editor.actions.toggleTag('car');
    await editor.whenSaved();
    expect(editor.server.outcome).toMatchObject({ outcome: 'unusable', reason: 'blurred' });
    expect(editor.server.annotations()).toHaveLength(1);
  });

  it('hide and lock without telling the server, and undo it', async () => {
    const editor = await TestEditor.open({ server: three() });
    editor.select(['a']);
    editor.key('Q');
    expect(editor.visibility.value.hiddenObjects).toEqual(new Set(['a']));
    expect(editor.saveStatus.value.kind).toBe('saved');
    editor.key('Ctrl+Z');
    expect(editor.visibility.value.hiddenObjects.size).toBe(0);
  });

  it('take one step back with Escape, never two', async () => {
    const editor = await TestEditor.open({ server: three() });
    editor.select(['a']);
    editor.setTool('box');
    editor.key('Escape');
    expect([editor.selection.value, editor.tool.value]).toEqual([[], 'box']);
    editor.key('Escape');
    expect(editor.tool.value).toBe('select');
  });

  it('do nothing on a read-only image', async () => {
    const editor = await TestEditor.open({ server: three(), readOnly: true });
    editor.select(['a']);
    for (const key of ['Delete', 'ArrowRight', 'I', 'Ctrl+D', '2', ']']) editor.key(key);
    editor.drag([
      [20, 20],
      [60, 60],
    ]);
    expect(editor.records().map(({ shape }) => shape)).toEqual(
      three()
        .annotations()
        .map(({ shape }) => shape),
    );
  });
});

describe('History', () => {
  const step = fc.record({
    kind: fc.constantFrom(
      ...['add', 'nudge', 'remove', 'class', 'order', 'ignore', 'outcome', 'hide', 'duplicate', 'drag'],
      ...['tag', 'verdict', 'relate', 'unite', 'fix'],
    ),
    target: fc.nat(6),
  });

  it('undoes everything to the start and redoes everything to the end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (script) => {
        const editor = await TestEditor.open({ server: three() });
        editor.setOntology({ ...testOntology, predicates: [{ id: 'near', name: 'is near', from: [], to: [] }] });
        const state = () => ({
          records: new Map(editor.records().map((record) => [record.id, record])),
          order: order(editor),
          outcome: editor.outcome.value,
          visibility: editor.visibility.value,
        });
        const start = state();
        for (const { kind, target } of script) perform(editor, kind, target);
        const end = state();
        while (editor.history.value.undo !== null) editor.actions.undo();
        expect(state()).toEqual(start);
        while (editor.history.value.redo !== null) editor.actions.redo();
        expect(state()).toEqual(end);
        editor.dispose();
      }),
      { numRuns: 100 },
    );
  }, 60_000);

  function perform(editor: TestEditor, kind: string, target: number): void {
    const ids = editor
      .records()
      .slice(target, target + 2)
      .map(({ id }) => id);
    const { actions } = editor;
    if (kind === 'add') {
      editor.setTool('box');
      editor.drag([
        [5 * target, 20],
        [5 * target + 30, 60],
      ]);
      editor.setTool('select');
    } else if (kind === 'nudge') actions.nudge(ids, 3, target, target % 2 === 1);
    else if (kind === 'remove') actions.remove(ids);
    else if (kind === 'class') actions.setClass(ids, target % 2 === 0 ? 'car' : 'person');
    else if (kind === 'order')
      actions.moveInOrder(ids, (['front', 'forward', 'backward', 'back'] as const)[target % 4] ?? 'front');
    else if (kind === 'ignore') actions.setIgnore(ids, target % 2 === 0);
    else if (kind === 'outcome') actions.setOutcome({ outcome: 'unusable', reason: `${target}` });
    else if (kind === 'hide') actions.hideObjects(ids, true);
    else if (kind === 'duplicate') actions.duplicate(ids);
    else if (kind === 'tag') actions.toggleTag(target % 2 === 0 ? 'car' : 'person');
    else if (kind === 'verdict') actions.setVerdict(ids, ([null, 'accepted', 'unsure'] as const)[target % 3] ?? null);
    else if (kind === 'relate') editor.relations.relate(ids[0] ?? '', ids[1] ?? '');
    else if (kind === 'unite') editor.shapes.combine(ids, 'unite');
    else if (kind === 'fix') editor.shapes.fix(ids[0] ?? '', target % 2 === 0 ? null : box(target, 1, 2, 3));
    else
      editor.drag([
        [12 * target, 30],
        [50, 12 * target],
      ]);
  }
});

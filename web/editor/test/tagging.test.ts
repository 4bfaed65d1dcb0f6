import { describe, expect, it } from 'vitest';
import type { LabelClass, Ontology } from '../src/model/ontology.ts';
import { imageTags, tagChoices, tagsWith } from '../src/model/tags.ts';
import { inVerifyingOrder, nextUnjudged } from '../src/model/verifying.ts';
import { FakeServer } from './fake-server.ts';
import { box, TestEditor, testOntology, wire } from './test-editor.ts';

function tag(id: string, parentId: string | null, key: string | null = null): LabelClass {
  const [car] = testOntology.classes;
  if (car === undefined) throw new Error('no class');
  return { ...car, id, name: id, parentId, key, shapes: ['tag'] };
}

const tree: Ontology = {
  ...testOntology,
  classes: [
    { ...tag('animal', null), shapes: ['tag', 'box'] },
    tag('cat', 'animal'),
    tag('dog', 'animal', 'd'),
    { ...tag('food', null), shapes: [] },
    tag('soup', 'food'),
    { ...tag('drawn', null), shapes: ['box'] },
    { ...tag('old', null), retired: true },
  ],
};

const tagsOf = (editor: TestEditor) => imageTags(editor.records()).map(({ classId }) => classId);

async function open(ontology: Ontology): Promise<TestEditor> {
  const editor = await TestEditor.open();
  editor.setOntology(ontology);
  return editor;
}

describe('tagChoices', () => {
  it('are what can be a tag or leads to one, each level with its own keys', () => {
    const told = (parentId: string | null) =>
      tagChoices(tree, parentId).map(({ labelClass, key, taggable, branch }) => [labelClass.id, key, taggable, branch]);
    expect(told(null)).toEqual([
      ['animal', '1', true, true],
      ['food', '2', false, true],
    ]);
    expect(told('animal')).toEqual([
      ['cat', '1', true, false],
      ['dog', 'D', true, false],
    ]);
  });

  it('end where a class is its own ancestor', () => {
    const round = { ...tree, classes: [tag('a', 'b'), tag('b', 'a')] };
    expect(tagChoices(round, 'a').map(({ labelClass }) => labelClass.id)).toEqual(['b']);
  });
});

describe('tagsWith', () => {
  it('takes the place of the one before where an image has one tag', () => {
    expect(tagsWith({ ...tree, oneTag: true }, ['cat'], 'soup')).toEqual(['soup']);
  });

  it('leaves out what is above and below, of which it says more or less', () => {
    expect(tagsWith(tree, ['animal', 'soup'], 'cat')).toEqual(['soup', 'cat']);
    expect(tagsWith(tree, ['cat', 'dog'], 'animal')).toEqual(['animal']);
  });
});

describe('Tagging', () => {
  it('is one step of undo with the outcome that goes with it', async () => {
    const editor = await open({ ...tree, oneTag: true });
    editor.actions.setTags(['cat'], 'step 1');
    editor.actions.setOutcome({ outcome: 'labelled', reason: null }, 'step 1');
    editor.actions.setTags(['dog'], 'step 2');
    editor.actions.setOutcome({ outcome: 'labelled', reason: null }, 'step 2');
    expect(tagsOf(editor)).toEqual(['dog']);
    editor.actions.undo();
    expect([tagsOf(editor), editor.outcome.value.outcome]).toEqual([['cat'], 'labelled']);
    editor.actions.undo();
    expect([tagsOf(editor), editor.outcome.value.outcome]).toEqual([[], 'unlabelled']);
    expect(editor.history.value.undo).toBeNull();
  });

  it('keeps a tag that stays, with its id', async () => {
    const editor = await open(tree);
    editor.actions.toggleTag('soup');
    const [before] = editor.records();
    editor.actions.toggleTag('dog');
    expect(editor.records()).toContainEqual(before);
    editor.actions.toggleTag('dog');
    expect(editor.records()).toEqual([before]);
  });

  it('goes back to what it was without a step of its own, and reaches the server', async () => {
    const editor = await open(tree);
    const before = { tags: [], outcome: editor.outcome.value };
    editor.actions.toggleTag('soup');
    editor.actions.undo();
    editor.actions.toggleTag('cat');
    const steps = editor.history.value;
    editor.actions.restoreTags(before);
    expect([tagsOf(editor), editor.history.value]).toEqual([[], steps]);
    await editor.whenSaved();
    expect(editor.server.annotations()).toEqual([]);
  });

  it('by the key of its class, where a mode does not take that key', async () => {
    const editor = await open(tree);
    editor.key('D');
    expect(tagsOf(editor)).toEqual(['dog']);
    let taken = 0;
    const remove = editor.commands.register({
      id: 'over',
      title: 'Over',
      group: 'Image',
      keys: ['D'],
      over: true,
      enabled: () => true,
      run: () => taken++,
    });
    editor.key('D');
    const claims = editor.commands.conflicts().flatMap(({ commandIds }) => commandIds);
    expect([taken, tagsOf(editor), claims.includes('over')]).toEqual([1, ['dog'], false]);
    remove();
    editor.key('D');
    expect(tagsOf(editor)).toEqual([]);
  });
});

describe('Verifying', () => {
  const three = () =>
    TestEditor.open({
      server: new FakeServer('set', [
        wire('low', box(10, 60, 10, 10)),
        wire('right', box(50, 20, 10, 10)),
        wire('left', box(10, 20, 10, 10)),
        wire('tag', { kind: 'tag' }),
      ]),
    });

  it('goes from the tags of the image down the picture, and round', async () => {
    const editor = await three();
    expect(inVerifyingOrder(editor.records()).map(({ id }) => id)).toEqual(['tag', 'left', 'right', 'low']);
    editor.actions.setVerdict(['tag', 'right'], 'accepted');
    const ordered = inVerifyingOrder(editor.records());
    expect([null, 'left', 'low'].map((after) => nextUnjudged(ordered, after)?.id)).toEqual(['left', 'low', 'left']);
    editor.actions.setVerdict(['left', 'low'], 'unsure');
    expect(nextUnjudged(inVerifyingOrder(editor.records()), null)).toBeNull();
  });

  it('is undone to how it began, is saved, and an edit takes the answer away', async () => {
    const editor = await three();
    const start = editor.records();
    editor.actions.setVerdict(['low'], 'unsure');
    await editor.whenSaved();
    expect(editor.server.annotations().find(({ id }) => id === 'low')?.verdict).toBe('unsure');
    editor.actions.nudge(['low'], 1, 0);
    expect(editor.annotations.value.get('low')?.verdict).toBeUndefined();
    editor.actions.undo();
    expect(editor.annotations.value.get('low')?.verdict).toBe('unsure');
    editor.actions.undo();
    expect(editor.records()).toEqual(start);
  });
});

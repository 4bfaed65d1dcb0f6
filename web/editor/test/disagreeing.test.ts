import { describe, expect, it } from 'vitest';
import { MemoryStorage } from '../src/sync/memory-storage.ts';
import { Network } from './fake-server.ts';
import { one, settle } from './sync-helpers.ts';
import { box, TestEditor, wire } from './test-editor.ts';

describe('Conflicts', () => {
  async function conflicting(storage = new MemoryStorage()) {
    const server = one();
    const network = new Network();
    const editor = await TestEditor.open({ server, network, storage });
    network.failure = 'signInNeeded';
    editor.actions.nudge(['a'], 5, 0);
    server.putByOther(wire('a', box(0, 0, 50, 50)));
    await settle();
    expect(editor.annotations.value.get('a')?.shape).toEqual(box(15, 10, 30, 30));
    network.failure = null;
    editor.retrySaving();
    await editor.whenSaved();
    await settle();
    return editor;
  }

  it('show theirs and keep mine until decided', async () => {
    const editor = await conflicting();
    expect(editor.annotations.value.get('a')?.shape).toEqual(box(0, 0, 50, 50));
    expect(editor.conflicts.value).toMatchObject([
      { id: 'a', mine: { shape: box(15, 10, 30, 30) }, theirs: { shape: box(0, 0, 50, 50) }, by: { name: 'other' } },
    ]);
    expect(editor.history.value.undo).toBeNull();
  });

  it('put mine when chosen, as a step that can be undone', async () => {
    const editor = await conflicting();
    editor.resolveConflict('a', 'mine');
    await editor.whenSaved();
    expect(editor.conflicts.value).toEqual([]);
    expect(editor.server.annotations()[0]?.shape).toEqual(box(15, 10, 30, 30));
    editor.actions.undo();
    await editor.whenSaved();
    expect(editor.server.annotations()[0]?.shape).toEqual(box(0, 0, 50, 50));
  });

  it('survive a reload, until decided', async () => {
    const storage = new MemoryStorage();
    const first = await conflicting(storage);
    expect(first.saveStatus.value).toEqual({ kind: 'undecided', conflicts: 1 });
    first.dispose();
    first.server.putByOther(wire('a', box(1, 1, 50, 50)));

    const second = await TestEditor.open({ server: first.server, storage });
    expect(second.annotations.value.get('a')?.shape).toEqual(box(1, 1, 50, 50));
    expect(second.conflicts.value).toMatchObject([
      { id: 'a', mine: { shape: box(15, 10, 30, 30) }, theirs: { shape: box(1, 1, 50, 50) } },
    ]);
    second.resolveConflict('a', 'mine');
    await second.whenSaved();
    expect(second.server.annotations()[0]?.shape).toEqual(box(15, 10, 30, 30));
    second.dispose();
    const third = await TestEditor.open({ server: first.server, storage });
    expect(third.conflicts.value).toEqual([]);
  });

  it('leave theirs when chosen', async () => {
    const editor = await conflicting();
    editor.resolveConflict('a', 'theirs');
    expect(editor.conflicts.value).toEqual([]);
    expect(editor.server.annotations()[0]?.shape).toEqual(box(0, 0, 50, 50));
  });

  it('are told of the outcome too', async () => {
    const server = one();
    const network = new Network();
    const editor = await TestEditor.open({ server, network });
    network.failure = 'signInNeeded';
    editor.actions.setOutcome({ outcome: 'labelled', reason: null });
    await settle();
    server.outcome = { outcome: 'unusable', reason: 'blurred', revision: ++server.revision };
    network.failure = null;
    editor.retrySaving();
    await editor.whenSaved();
    await settle();
    expect(editor.outcome.value).toEqual({ outcome: 'unusable', reason: 'blurred' });
    expect(editor.conflicts.value).toMatchObject([
      { id: '@outcome', mine: { outcome: 'labelled' }, theirs: { outcome: 'unusable', reason: 'blurred' } },
    ]);
  });
});

describe('Refusals', () => {
  it('keep the object, mark it, and end with a change that is taken', async () => {
    const editor = await TestEditor.open({ server: one() });
    editor.server.refuse = ({ classId }) => (classId === 'person' ? { rule: 'retired-class', message: 'No' } : null);
    editor.actions.setClass(['a'], 'person');
    await editor.whenSaved();
    expect(editor.rejections.value).toEqual([
      { setId: editor.server.setId, id: 'a', rule: 'retired-class', message: 'No' },
    ]);
    expect(editor.saveStatus.value).toEqual({ kind: 'blocked', count: 0, message: null });
    expect(editor.annotations.value.get('a')?.classId).toBe('person');
    editor.actions.nudge(['a'], 1, 0);
    await editor.whenSaved();
    expect(editor.rejections.value).toHaveLength(1);
    editor.actions.setClass(['a'], 'car');
    await editor.whenSaved();
    expect(editor.rejections.value).toEqual([]);
    expect(editor.server.annotations()[0]?.shape).toEqual(box(11, 10, 30, 30));
  });

  it('can be discarded, and survive a reload', async () => {
    const storage = new MemoryStorage();
    const server = one();
    server.refuse = () => ({ rule: 'bad-shape', message: 'No' });
    const first = await TestEditor.open({ server, storage });
    first.actions.nudge(['a'], 5, 0);
    await first.whenSaved();
    first.dispose();
    const second = await TestEditor.open({ server, storage });
    expect(second.rejections.value).toHaveLength(1);
    expect(second.annotations.value.get('a')?.shape).toEqual(box(15, 10, 30, 30));
    second.discardRejection('a');
    expect(second.annotations.value.get('a')?.shape).toEqual(box(10, 10, 30, 30));
    expect(second.rejections.value).toEqual([]);
  });
});

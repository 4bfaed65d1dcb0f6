import { describe, expect, it } from 'vitest';
import { maskOfBox } from '../src/masks/runs.ts';
import type { EarlierState, WireLabelTile } from '../src/model/annotation.ts';
import { FakeServer, Network } from './fake-server.ts';
import { box, TestEditor, wire } from './test-editor.ts';

const none: EarlierState = { changed: [], deleted: [], tiles: [], outcome: null };

async function opened(): Promise<TestEditor> {
  const annotations = [wire('a', box(10, 10, 30, 30)), wire('b', box(50, 50, 20, 20))];
  const editor = await TestEditor.open({ server: new FakeServer('set', annotations) });
  editor.server.outcome = { outcome: 'labelled', reason: null, revision: 1 };
  return editor;
}

describe('An earlier state', () => {
  it('comes back as one step of undo, and is saved like any edit', async () => {
    const editor = await opened();
    const before = editor.records();
    const earlier: EarlierState = {
      ...none,
      changed: [wire('a', box(0, 0, 5, 5), { revision: 1 }), wire('c', box(80, 80, 5, 5), { revision: 1 })],
      deleted: ['b'],
      outcome: { outcome: 'unusable', reason: 'dark' },
    };
    editor.actions.bringBack(earlier, 'Bring the image back');
    expect(editor.records().map(({ id, shape }) => [id, shape])).toEqual([
      ['a', box(0, 0, 5, 5)],
      ['c', box(80, 80, 5, 5)],
    ]);
    expect(editor.outcome.value).toEqual({ outcome: 'unusable', reason: 'dark' });
    expect(editor.history.value.undo).toBe('Bring the image back');
    editor.actions.undo();
    expect(editor.records()).toEqual(before);
    expect(editor.outcome.value.outcome).toBe('unlabelled');
    editor.actions.redo();
    expect(editor.records().map(({ id }) => id)).toEqual(['a', 'c']);
  });

  it('is kept in the journal and meets others as any edit does', async () => {
    const network = new Network();
    const server = new FakeServer('set', [wire('a', box(10, 10, 30, 30))]);
    const editor = await TestEditor.open({ server, network });
    network.failure = 'offline';
    editor.actions.bringBack({ ...none, changed: [wire('a', box(0, 0, 5, 5))] }, 'Bring the object back');
    server.putByOther(wire('a', box(1, 1, 9, 9)));
    network.failure = null;
    editor.retrySaving();
    await editor.whenSaved();
    expect(editor.conflicts.value.map(({ mine }) => mine && 'shape' in mine && mine.shape)).toEqual([box(0, 0, 5, 5)]);
  });

  it('has the pixels that the label map gave masks then', async () => {
    const own = maskOfBox({ x: 0, y: 0, width: 10, height: 1 });
    const server = new FakeServer('set', [wire('sky', own)]);
    const row = (length: number): WireLabelTile => {
      return { column: 0, row: 0, revision: 1, segments: ['sky'], runs: [0, 256, 1, length, 0, 65_280 - length] };
    };
    server.tiles.set('00000000-0000-8000-8000-000000000000', row(20));
    const editor = await TestEditor.open({ server });
    const now = editor.records();
    editor.actions.bringBack({ ...none, tiles: [row(5)] }, 'Bring the image back');
    expect(editor.records()[0]?.shape).toEqual({ ...own, height: 2, runs: [0, 15, 5] });
    editor.actions.undo();
    expect(editor.records().map(({ shape }) => shape)).toEqual(now.map(({ shape }) => shape));
  });

  it('of one mask has the pixels that the label map gave it then, and leaves the others theirs', async () => {
    const own = maskOfBox({ x: 0, y: 0, width: 10, height: 1 });
    const server = new FakeServer('set', [wire('sky', own), wire('sea', { ...own, y: 5 })]);
    const rows = (sky: number, sea: number): WireLabelTile => {
      const runs = [0, 256, 1, sky, 0, 256 - sky, 2, sea, 0, 65_536 - 512 - sea];
      return { column: 0, row: 0, revision: 1, segments: ['sky', 'sea'], runs };
    };
    server.tiles.set('00000000-0000-8000-8000-000000000000', rows(20, 20));
    const editor = await TestEditor.open({ server });
    const shape = (id: string) => editor.records().find((record) => record.id === id)?.shape;
    const sea = shape('sea');
    editor.actions.bringBack({ ...none, tiles: [rows(5, 7)] }, 'Bring the object back', 'sky');
    expect(shape('sky')).toEqual({ ...own, height: 2, runs: [0, 15, 5] });
    expect(shape('sea')).toEqual(sea);
  });

  it('changes nothing on an image that may only be read', async () => {
    const editor = await TestEditor.open({
      server: new FakeServer('set', [wire('a', box(1, 1, 9, 9))]),
      readOnly: true,
    });
    editor.actions.bringBack({ ...none, deleted: ['a'] }, 'Bring the image back');
    expect(editor.records()).toHaveLength(1);
  });
});

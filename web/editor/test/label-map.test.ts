import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { common, unionOf, without } from '../src/masks/algebra.ts';
import { pixelsIn, tileId, tileSide, withoutMask } from '../src/masks/label-tile.ts';
import { maskOfBox, pixelCount, tight } from '../src/masks/runs.ts';
import type { MaskShape, WireLabelTile } from '../src/model/annotation.ts';
import type { ToolId } from '../src/tools/all-tools.ts';
import { FakeServer, Network } from './fake-server.ts';
import { TestEditor, wire } from './test-editor.ts';

const nothing: MaskShape = { kind: 'mask', x: 0, y: 0, width: 0, height: 0, runs: [] };
const rect = (x: number, y: number, width: number, height: number) => maskOfBox({ x, y, width, height });

/** A tile in which each mask has what the masks before it leave of its pixels; empty masks are not named. */
function tile(column: number, row: number, masks: Readonly<Record<string, MaskShape>>): WireLabelTile {
  const pixels = new Array<string | null>(tileSide * tileSide).fill(null);
  for (const [id, { x, y, width, runs }] of Object.entries(masks)) {
    let at = 0;
    runs.forEach((run, i) => {
      for (let k = at; i % 2 === 1 && k < at + run; k++) {
        const [left, top] = [x + (k % width) - column * tileSide, y + Math.floor(k / width) - row * tileSide];
        if (left >= 0 && top >= 0 && left < tileSide && top < tileSide) pixels[top * tileSide + left] ??= id;
      }
      at += run;
    });
  }
  const segments = [...new Set(pixels)].filter((id) => id !== null);
  const runs: number[] = [];
  for (const id of pixels) {
    const label = id === null ? 0 : segments.indexOf(id) + 1;
    if (runs.at(-2) === label) runs[runs.length - 1] = (runs.at(-1) ?? 0) + 1;
    else runs.push(label, 1);
  }
  return { column, row, revision: 1, segments, runs };
}

/** Sky has the upper part of the image by the label map alone, road the lower one and some pixels of its own. */
function landscape(): FakeServer {
  const server = new FakeServer('set', [
    wire('sky', nothing),
    wire('road', rect(40, 70, 20, 25), { classId: 'person' }),
  ]);
  const painted = tile(0, 0, { sky: rect(0, 0, 100, 40), road: rect(0, 60, 100, 20) });
  server.tiles.set(tileId(painted), painted);
  return server;
}

const shownAs = (editor: TestEditor, id: string): MaskShape => {
  const shape = editor.annotations.value.get(id)?.shape;
  if (shape?.kind !== 'mask') throw new Error(`${id} is no mask`);
  return shape;
};

/** A mask with all of its pixels, as an export has it. */
function onServer(server: FakeServer, id: string): MaskShape | null {
  const shape = server.rows.get(id)?.annotation?.shape;
  if (shape?.kind !== 'mask') return null;
  const given = pixelsIn([...server.tiles.values()], id);
  return unionOf([shape, given].flatMap((mask) => (mask === null || mask.width === 0 ? [] : [mask])));
}

async function painting(server: FakeServer, tool: ToolId, network = new Network()): Promise<TestEditor> {
  const editor = await TestEditor.open({ server, network });
  editor.setTool(tool);
  editor.setDrawing({ brushSize: 10, maskRule: 'onePerObject' });
  return editor;
}

describe('Tiles of the label map', () => {
  it('have the ids that the server gives them', () => {
    expect(tileId({ column: 3, row: 5 })).toBe('00000003-0000-8000-8000-000000000005');
    expect(tileId({ column: 8388606, row: 0 })).toBe('007ffffe-0000-8000-8000-000000000000');
  });

  it('give a mask its pixels across tiles, and nobody what was taken out', () => {
    const a = rect(200, 250, 300, 20);
    const b = rect(100, 240, 160, 12);
    const tiles = [0, 1].flatMap((row) => [0, 1].map((column) => tile(column, row, { a, b })));
    expect(pixelsIn(tiles, 'a')).toEqual(a);
    expect(pixelsIn(tiles, 'b')).toEqual(without(b, a));
    expect(pixelsIn(tiles, 'c')).toBeNull();
    const rest = tiles.map((each) => withoutMask(each, 'a'));
    expect(pixelsIn(rest, 'a')).toBeNull();
    expect(rest).toEqual([0, 1].flatMap((row) => [0, 1].map((column) => tile(column, row, { b: without(b, a) ?? b }))));
  });
});

describe('Masks of the label map', () => {
  it('are shown with all of their pixels', async () => {
    const editor = await painting(landscape(), 'select');
    expect(shownAs(editor, 'sky')).toEqual(rect(0, 0, 100, 40));
    expect(pixelCount(shownAs(editor, 'road'))).toBe(2000 + 20 * 15);
    editor.click(50, 10);
    expect(editor.selection.value).toEqual(['sky']);
  });

  it('are not written anew when something else of them changes', async () => {
    const editor = await painting(landscape(), 'select');
    editor.actions.setIgnore(['sky'], true);
    await editor.whenSaved();
    expect(editor.server.rows.get('sky')?.annotation).toMatchObject({ ignore: true, shape: { width: 0 } });
    expect(editor.server.tiles.get(tileId({ column: 0, row: 0 }))?.revision).toBe(1);
    expect(shownAs(editor, 'sky')).toEqual(rect(0, 0, 100, 40));
  });

  it('have their pixels for their own once they are painted, and lose none', async () => {
    const editor = await painting(landscape(), 'brush');
    editor.select(['sky']);
    editor.drag([
      [10, 50],
      [90, 50],
    ]);
    const painted = shownAs(editor, 'sky');
    expect(without(rect(0, 0, 100, 40), painted)).toBeNull();
    await editor.whenSaved();
    expect(onServer(editor.server, 'sky')).toEqual(painted);
    expect([...editor.server.tiles.values()].map(({ segments }) => segments)).toEqual([['road']]);
    editor.actions.undo();
    await editor.whenSaved();
    expect(onServer(editor.server, 'sky')).toEqual(rect(0, 0, 100, 40));
    editor.actions.redo();
    expect(shownAs(editor, 'sky')).toEqual(painted);
  });

  it('stay erased where they are erased', async () => {
    const editor = await painting(landscape(), 'eraser');
    editor.select(['sky']);
    editor.click(50, 20);
    await editor.whenSaved();
    expect(common(onServer(editor.server, 'sky') ?? nothing, rect(48, 18, 4, 4))).toBeNull();
    const again = await TestEditor.open({ server: editor.server });
    expect(shownAs(again, 'sky')).toEqual(shownAs(editor, 'sky'));
  });

  it('give way to another where each pixel has one object', async () => {
    const editor = await painting(landscape(), 'brush');
    editor.click(50, 20);
    const [sun = ''] = editor.selection.value;
    expect(common(shownAs(editor, sun), shownAs(editor, 'sky'))).toBeNull();
    await editor.whenSaved();
    expect(common(onServer(editor.server, sun) ?? nothing, onServer(editor.server, 'sky') ?? nothing)).toBeNull();
    editor.actions.undo();
    expect(shownAs(editor, 'sky')).toEqual(rect(0, 0, 100, 40));
  });

  it('come back with all pixels when their deletion is undone', async () => {
    const editor = await painting(landscape(), 'select');
    editor.actions.remove(['sky', 'road']);
    await editor.whenSaved();
    editor.actions.undo();
    await editor.whenSaved();
    expect(onServer(editor.server, 'sky')).toEqual(rect(0, 0, 100, 40));
    expect(onServer(editor.server, 'road')).toEqual(shownAs(editor, 'road'));
  });

  it('follow what somebody else paints into a tile', async () => {
    const editor = await painting(landscape(), 'select');
    editor.server.paintByOther(tile(0, 0, { sky: rect(0, 0, 100, 55), road: rect(0, 60, 100, 20) }));
    await expect.poll(() => shownAs(editor, 'sky')).toEqual(rect(0, 0, 100, 55));
    expect(editor.history.value.undo).toBeNull();
  });

  it('keep what both of two people paint at the same time', async () => {
    const network = new Network();
    const editor = await painting(landscape(), 'brush', network);
    editor.select(['sky']);
    network.failure = 'offline';
    editor.click(10, 50);
    const mine = shownAs(editor, 'sky');
    const theirs = rect(0, 0, 100, 44);
    editor.server.paintByOther(tile(0, 0, { sky: theirs, road: rect(0, 60, 100, 20) }));
    network.failure = null;
    editor.retrySaving();
    await editor.whenSaved();
    expect(shownAs(editor, 'sky')).toEqual(unionOf([mine, theirs]));
    expect(onServer(editor.server, 'sky')).toEqual(unionOf([mine, theirs]));
    expect(editor.conflicts.value).toEqual([]);
  });

  it('keep their pixels when somebody else changed them first, whichever version is kept', async () => {
    for (const keep of ['mine', 'theirs'] as const) {
      const network = new Network();
      const editor = await painting(landscape(), 'brush', network);
      editor.select(['sky']);
      network.failure = 'offline';
      editor.click(10, 50);
      const mine = shownAs(editor, 'sky');
      editor.server.putByOther(wire('sky', nothing, { ignore: true }));
      network.failure = null;
      editor.retrySaving();
      await editor.whenSaved();
      expect(shownAs(editor, 'sky')).toEqual(rect(0, 0, 100, 40));
      editor.resolveConflict('sky', keep);
      await editor.whenSaved();
      expect(shownAs(editor, 'sky')).toEqual(keep === 'mine' ? mine : rect(0, 0, 100, 40));
      expect(onServer(editor.server, 'sky')).toEqual(shownAs(editor, 'sky'));
    }
  });

  it('keep their pixels when a rule refuses what was painted', async () => {
    const editor = await painting(landscape(), 'brush');
    editor.server.refuse = () => ({ rule: 'bad-shape', message: 'No' });
    editor.select(['sky']);
    editor.click(10, 50);
    await editor.whenSaved();
    editor.discardRejection('sky');
    expect(shownAs(editor, 'sky')).toEqual(rect(0, 0, 100, 40));
    expect(onServer(editor.server, 'sky')).toEqual(rect(0, 0, 100, 40));
  });

  it('are on the server as they are shown after any strokes and a reload', async () => {
    const stroke = fc.record({
      tool: fc.constantFrom('brush' as const, 'eraser' as const),
      rule: fc.constantFrom('overlap' as const, 'onePerObject' as const, 'onePerClass' as const),
      on: fc.constantFrom('sky', 'road', null),
      from: fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 99 })),
      to: fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 99 })),
      next: fc.constantFrom('go on', 'undo', 'redo', 'save'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(stroke, { maxLength: 12 }), async (strokes) => {
        const editor = await painting(landscape(), 'brush');
        for (const { tool, rule, on, from, to, next } of strokes) {
          editor.setTool(tool);
          editor.setDrawing({ maskRule: rule });
          editor.select(on === null || editor.annotations.value.get(on) === undefined ? [] : [on]);
          editor.drag([from, to]);
          if (next === 'undo') editor.actions.undo();
          else if (next === 'redo') editor.actions.redo();
          else if (next === 'save') await editor.whenSaved();
        }
        await editor.whenSaved();
        const again = await TestEditor.open({ server: editor.server });
        expect(again.records().map(({ id }) => id)).toEqual(editor.records().map(({ id }) => id));
        for (const { id } of editor.records()) {
          const shown = tight(shownAs(editor, id));
          expect(onServer(editor.server, id)).toEqual(shown);
          expect(tight(shownAs(again, id))).toEqual(shown);
        }
      }),
      { numRuns: 30 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cuboidBehind, cuboidGrips, cuboidLines, withCornersMoved } from '../src/geometry/cuboids.ts';
import { boundsOf } from '../src/geometry/outline.ts';
import type { BoxShape, CuboidShape } from '../src/model/annotation.ts';
import { pack, unpack } from '../src/render/packing.ts';
import { FakeServer } from './fake-server.ts';
import { TestEditor, wire } from './test-editor.ts';

const front: BoxShape = { kind: 'box', x: 20, y: 40, width: 30, height: 30 };
const cuboid = cuboidBehind(front, 20, -10);

const withCuboid = () => TestEditor.open({ server: new FakeServer('set', [wire('c', cuboid)]) });
const cornersOf = (editor: TestEditor, id = 'c') => {
  const shape = editor.annotations.value.get(id)?.shape;
  return shape?.kind === 'cuboid' ? shape.corners : [];
};

describe('The cuboid tool', () => {
  it('draws the front by dragging and the depth by a click', async () => {
    const editor = await TestEditor.open();
    editor.setTool('cuboid');
    editor.drag([
      [20, 40],
      [50, 70],
    ]);
    editor.move([60, 65]);
    expect(editor.preview.value?.shapes.map(({ shape }) => shape.kind)).toEqual(['cuboid']);
    editor.click(70, 60);
    expect(editor.records().map(({ shape }) => shape)).toEqual([cuboid]);
    expect(editor.history.value.undo).toBe('Draw cuboid');
    editor.actions.undo();
    expect(editor.records()).toEqual([]);
  });

  it('draws the front by two clicks as well, and keeps the back in the image', async () => {
    const editor = await TestEditor.open();
    editor.setTool('cuboid');
    editor.click(20, 40);
    editor.click(50, 70);
    editor.click(90, 20);
    expect(boundsOf(editor.records()[0]?.shape ?? front)).toEqual({ left: 20, top: 0, right: 90, bottom: 70 });
  });

  it('leaves no trace when cancelled, in any state', async () => {
    for (const clicks of [0, 1, 2]) {
      const editor = await TestEditor.open();
      editor.setTool('cuboid');
      for (const [x, y] of [
        [20, 40],
        [50, 70],
      ].slice(0, clicks) as [number, number][])
        editor.click(x, y);
      editor.move([60, 60]);
      editor.key('Escape');
      expect([editor.busy.value, editor.preview.value, editor.records(), editor.history.value.undo]).toEqual([
        false,
        null,
        [],
        null,
      ]);
    }
  });

  it('takes the last point back, and has no cuboid without an area or a depth', async () => {
    const editor = await TestEditor.open();
    editor.setTool('cuboid');
    editor.click(20, 40);
    editor.click(20, 70);
    editor.click(50, 70);
    editor.key('Backspace');
    editor.click(50, 70);
    editor.click(50, 70);
    expect([editor.records(), editor.busy.value]).toEqual([[], true]);
    editor.click(70, 60);
    expect(editor.records().map(({ shape }) => shape)).toEqual([cuboid]);
  });
});

describe('A cuboid', () => {
  const move = (which: readonly number[], x: number, y: number) => withCornersMoved(cuboid, which, { x, y }).corners;

  it('is pulled by a corner, an edge and a face, and moved as a whole', async () => {
    const editor = await withCuboid();
    editor.zoomToScale(4);
    editor.select(['c']);
    editor.drag([
      [20, 40],
      [15, 35],
      [14, 34],
    ]);
    expect(cornersOf(editor)).toEqual(move([0], -6, -6));
    editor.actions.undo();
    editor.drag([
      [35, 40],
      [35, 36],
      [35, 34],
    ]);
    expect(cornersOf(editor)).toEqual(move([0, 1], 0, -6));
    editor.actions.undo();
    editor.drag([
      [35, 55],
      [40, 60],
      [45, 60],
    ]);
    expect(cornersOf(editor)).toEqual(move([0, 1, 2, 3], 10, 5));
    expect(editor.history.value.undo).toBe('Move face');
    editor.actions.undo();
    editor.drag([
      [28, 46],
      [20, 46],
      [18, 49],
    ]);
    expect(cornersOf(editor)).toEqual(move([0, 1, 2, 3, 4, 5, 6, 7], -10, 3));
    editor.actions.undo();
    expect(cornersOf(editor)).toEqual(cuboid.corners);
  });

  it('is selected by a click anywhere on it, also on its side', async () => {
    const editor = await withCuboid();
    editor.click(58, 44);
    expect(editor.selection.value).toEqual(['c']);
    editor.key('Escape');
    editor.click(22, 32);
    expect(editor.selection.value).toEqual([]);
  });

  it('shows its front: edges at the corner behind it are hidden', () => {
    const { seen, hidden } = cuboidLines(cuboid.corners);
    expect(seen).toHaveLength(9);
    expect(hidden).toHaveLength(3);
    expect(hidden.every((line) => line.join().includes('40,60'))).toBe(true);
    const within = [...cuboid.corners.slice(0, 8), 30, 50, 40, 50, 40, 60, 30, 60];
    expect(cuboidLines(within).seen).toHaveLength(4);
  });

  it('has a grip for each face and edge, in the middle of its corners', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 16, maxLength: 16 }), (corners) => {
        const shape: CuboidShape = { kind: 'cuboid', corners };
        for (const grip of cuboidGrips(corners)) {
          const moved = withCornersMoved(shape, grip.corners, { x: 3, y: -5 });
          const now = cuboidGrips(moved.corners).find(({ corners: same }) => same.join() === grip.corners.join());
          expect([now?.at.x, now?.at.y]).toEqual([expect.closeTo(grip.at.x + 3), expect.closeTo(grip.at.y - 5)]);
        }
        expect(cuboidGrips(corners).map(({ kind }) => kind)).toHaveLength(18);
      }),
    );
  });

  it('comes through the worker as it was, its verdict too', () => {
    const sent = wire('c', cuboid, { verdict: 'accepted', revision: 7 });
    const { revision: _, ...record } = sent;
    expect(unpack(pack([sent, wire('d', front)]))[0]).toEqual({ record, revision: 7 });
  });

  it('becomes the polygon and the box around it', async () => {
    const editor = await withCuboid();
    editor.shapes.convert(['c'], 'polygon');
    const [shape] = editor.records().map((record) => record.shape);
    expect(shape?.kind === 'polygon' && shape.parts[0]?.outer).toHaveLength(12);
  });
});

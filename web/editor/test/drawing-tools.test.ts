import { describe, expect, it } from 'vitest';
import { areaOf, boundsOf } from '../src/geometry/outline.ts';
import { shapeOf, shapes, square, withObjects } from './shape-helpers.ts';
import { box, TestEditor } from './test-editor.ts';

describe('Drawing', () => {
  it('an ellipse by dragging, and with Shift a circle', async () => {
    const editor = await TestEditor.open();
    editor.setTool('ellipse');
    editor.drag([
      [20, 30],
      [60, 50],
    ]);
    editor.drag(
      [
        [20, 60],
        [40, 80],
        [50, 75],
      ],
      { shift: true },
    );
    expect(shapes(editor)).toEqual([
      { kind: 'ellipse', cx: 40, cy: 40, rx: 20, ry: 10, angle: 0 },
      { kind: 'ellipse', cx: 27.5, cy: 67.5, rx: 7.5, ry: 7.5, angle: 0 },
    ]);
  });

  it('a box by its four extreme points, in any order', async () => {
    const editor = await TestEditor.open();
    editor.setTool('extremeBox');
    for (const [x, y] of [
      [40, 20],
      [70, 50],
      [30, 45],
      [50, 80],
    ] as const)
      editor.click(x, y);
    expect(shapes(editor)).toEqual([box(30, 20, 40, 60)]);
  });

  it('a rotated box by one side and a point of the opposite one', async () => {
    const editor = await TestEditor.open();
    editor.setTool('rotatedBox');
    editor.click(20, 20);
    editor.click(50, 50);
    editor.click(40, 60);
    const [shape] = shapes(editor);
    expect(shape?.kind).toBe('rotatedBox');
    if (shape?.kind !== 'rotatedBox') return;
    expect(shape.width).toBeCloseTo(Math.hypot(30, 30));
    expect(shape.height).toBeCloseTo(Math.hypot(10, 10));
    expect(shape.angle).toBeCloseTo(Math.PI / 4);
    expect([shape.cx, shape.cy]).toEqual([expect.closeTo(30), expect.closeTo(40)]);
  });

  it('a line, ended by a double-click', async () => {
    const editor = await TestEditor.open();
    editor.setTool('polyline');
    for (const [x, y] of [
      [20, 20],
      [60, 20],
      [40, 60],
      [40, 60],
    ] as const)
      editor.click(x, y);
    expect(shapes(editor)).toEqual([{ kind: 'polyline', points: [20, 20, 60, 20, 40, 60] }]);
  });

  it('keypoints one after the other, hidden with Shift, absent with Ctrl', async () => {
    const editor = await TestEditor.open();
    editor.setCurrentClass('body');
    editor.setTool('keypoints');
    editor.click(50, 20);
    editor.click(30, 40, { shift: true });
    editor.key('Backspace');
    editor.click(32, 42, { shift: true });
    editor.click(70, 40, { ctrl: true });
    expect(shapes(editor)).toEqual([{ kind: 'keypoints', points: [50, 20, 2, 32, 42, 1, 0, 0, 0] }]);
  });

  it('keypoints all at once in a box, then ready to be adjusted', async () => {
    const editor = await TestEditor.open();
    editor.setCurrentClass('body');
    editor.setTool('keypoints');
    editor.drag([
      [20, 20],
      [60, 80],
    ]);
    const [shape] = shapes(editor);
    expect(shape).toEqual({ kind: 'keypoints', points: [40, 20, 2, 60, 80, 2, 20, 80, 2] });
    expect(editor.tool.value).toBe('select');
    editor.drag([
      [60, 80],
      [70, 70],
    ]);
    expect(shapes(editor)).toEqual([{ kind: 'keypoints', points: [40, 20, 2, 70, 70, 2, 20, 80, 2] }]);
    editor.click(70, 70);
    editor.key('Shift+K');
    expect(shapes(editor)).toEqual([{ kind: 'keypoints', points: [40, 20, 2, 70, 70, 1, 20, 80, 2] }]);
    editor.key('Shift+W');
    expect(shapes(editor)).toEqual([{ kind: 'keypoints', points: [40, 20, 2, 20, 80, 2, 70, 70, 1] }]);
  });

  it('a hole and a part of the selected polygon', async () => {
    const editor = await withObjects(square(20, 20, 40));
    editor.select(['o0']);
    editor.setTool('polygon');
    editor.click(30, 30, { ctrl: true });
    for (const [x, y] of [
      [50, 30],
      [50, 50],
      [30, 50],
    ] as const)
      editor.click(x, y, { alt: true });
    editor.key('Enter');
    editor.click(70, 70, { shift: true });
    for (const [x, y] of [
      [90, 70],
      [90, 90],
      [70, 90],
    ] as const)
      editor.click(x, y, { alt: true });
    editor.key('Enter');
    const shape = shapeOf(editor, 'o0');
    expect(editor.records()).toHaveLength(1);
    expect(shape?.kind === 'polygon' && shape.parts.map(({ holes }) => holes.length).sort()).toEqual([0, 1]);
    expect(shape === undefined ? 0 : areaOf(shape)).toBeCloseTo(1600 - 400 + 400);
  });

  it('along the outline of a neighbour with Shift, so that both have the same border', async () => {
    const editor = await withObjects(square(20, 20, 40));
    editor.setTool('polygon');
    editor.click(61, 21);
    editor.click(61, 59, { shift: true });
    editor.click(90, 40, { alt: true });
    editor.key('Enter');
    editor.click(59, 61);
    editor.click(21, 21, { shift: true });
    editor.click(10, 80, { alt: true });
    editor.key('Enter');
    const [first, second] = shapes(editor);
    expect(first?.kind === 'polygon' && first.parts[0]?.outer).toEqual([60, 20, 60, 60, 90, 40]);
    expect(second?.kind === 'polygon' && second.parts[0]?.outer).toEqual([60, 60, 20, 60, 20, 20, 10, 80]);
  });

  it('along a common border from a corner of three objects, whichever was drawn last', async () => {
    const winding = [50, 50, 44, 60, 56, 70, 50, 80];
    const corners = [{ outer: [20, 50, ...winding, 20, 80], holes: [] }];
    const above = [square(20, 20, 30), square(50, 20, 30)];
    for (const objects of [
      [{ kind: 'polygon' as const, parts: corners }, ...above],
      [...above, { kind: 'polygon' as const, parts: corners }],
    ]) {
      const editor = await withObjects(...objects);
      editor.setTool('polygon');
      editor.click(50, 50);
      editor.click(50, 80, { shift: true });
      editor.click(80, 80);
      editor.click(80, 50);
      editor.key('Enter');
      const rings = shapes(editor).map((shape) => (shape.kind === 'polygon' ? shape.parts[0]?.outer : null));
      expect(rings).toContainEqual([...winding, 80, 80, 80, 50]);
    }
  });
});

describe('Cutting', () => {
  it('makes two objects of what the line crosses, without a gap', async () => {
    const editor = await withObjects(square(20, 20, 40), square(70, 70, 20));
    editor.setTool('cut');
    editor.click(40, 10, { alt: true });
    editor.click(40, 70, { alt: true });
    editor.key('Enter');
    expect(editor.records()).toHaveLength(3);
    const pieces = editor.selection.value.map((id) => shapeOf(editor, id));
    expect(pieces.map((shape) => shape && boundsOf(shape)?.left).sort()).toEqual([20, 40]);
    expect(pieces.reduce((sum, shape) => sum + (shape === undefined ? 0 : areaOf(shape)), 0)).toBeCloseTo(1600);
    editor.key('Ctrl+Z');
    expect(shapes(editor)).toEqual([square(20, 20, 40), square(70, 70, 20)]);
  });

  it('says so when it cuts nothing', async () => {
    const editor = await withObjects(square(20, 20, 40));
    editor.setTool('cut');
    editor.click(5, 80, { alt: true });
    editor.click(5, 90, { alt: true });
    editor.key('Enter');
    expect(editor.notice.value?.message).toContain('cuts no polygon');
    expect(editor.history.value.undo).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import type { Shape } from '../src/model/annotation.ts';
import { shapeOf, square, withObjects } from './shape-helpers.ts';

describe('Handles', () => {
  it('turn a rotated box about its centre, with Shift by 15 degrees', async () => {
    const rotated: Shape = { kind: 'rotatedBox', cx: 50, cy: 60, width: 40, height: 20, angle: 0 };
    const editor = await withObjects(rotated);
    editor.select(['o0']);
    editor.drag([
      [50, 24],
      [80, 58],
    ]);
    expect(shapeOf(editor, 'o0')).toEqual({ ...rotated, angle: expect.closeTo(Math.atan2(-2, 30) + Math.PI / 2) });
    editor.key('Ctrl+Z');
    editor.drag(
      [
        [50, 24],
        [80, 58],
      ],
      { shift: true },
    );
    expect(shapeOf(editor, 'o0')).toEqual({ ...rotated, angle: expect.closeTo(Math.PI / 2) });
  });

  it('pull a turned ellipse by a side, the opposite one staying', async () => {
    const editor = await withObjects({ kind: 'ellipse', cx: 50, cy: 50, rx: 20, ry: 10, angle: Math.PI / 2 });
    editor.select(['o0']);
    editor.drag([
      [50, 70],
      [50, 80],
    ]);
    const turned = { kind: 'ellipse', cx: expect.closeTo(50), cy: expect.closeTo(55), rx: expect.closeTo(25) };
    expect(shapeOf(editor, 'o0')).toMatchObject(turned);
  });

  it('move several chosen vertices together and delete them', async () => {
    const editor = await withObjects(square(20, 20, 40));
    editor.select(['o0']);
    editor.drag(
      [
        [55, 10],
        [65, 70],
      ],
      { ctrl: true },
    );
    expect(editor.activeVertices.value).toHaveLength(2);
    editor.drag([
      [60, 20],
      [80, 25],
    ]);
    const moved = { kind: 'polygon', parts: [{ outer: [20, 20, 80, 25, 80, 65, 20, 60], holes: [] }] };
    expect(shapeOf(editor, 'o0')).toEqual(moved);
    expect(editor.history.value.undo).toBe('Move 2 vertices');
    editor.click(80, 25, { shift: true });
    editor.key('Delete');
    expect(shapeOf(editor, 'o0')).toEqual({ kind: 'polygon', parts: [{ outer: [20, 20, 80, 25, 20, 60], holes: [] }] });
  });

  it('slide a vertex along its edges with Ctrl', async () => {
    const editor = await withObjects(square(20, 20, 40));
    editor.select(['o0']);
    editor.drag(
      [
        [60, 20],
        [45, 30],
      ],
      { ctrl: true },
    );
    expect(shapeOf(editor, 'o0')).toEqual({
      kind: 'polygon',
      parts: [{ outer: [20, 20, 45, 20, 60, 60, 20, 60], holes: [] }],
    });
  });

  it('draw a vertex to a neighbour, and move a shared one of both when wished', async () => {
    const editor = await withObjects(square(20, 20, 20), square(50, 20, 20));
    editor.select(['o0']);
    editor.drag([
      [40, 20],
      [47, 22],
    ]);
    expect(shapeOf(editor, 'o0')).toMatchObject({ parts: [{ outer: [20, 20, 50, 20, 40, 40, 20, 40] }] });
    editor.key('Shift+G');
    editor.drag([
      [50, 20],
      [55, 28],
    ]);
    expect(shapeOf(editor, 'o0')).toMatchObject({ parts: [{ outer: [20, 20, 55, 28, 40, 40, 20, 40] }] });
    expect(shapeOf(editor, 'o1')).toMatchObject({ parts: [{ outer: [55, 28, 70, 20, 70, 40, 50, 40] }] });
    editor.key('Ctrl+Z');
    expect(shapeOf(editor, 'o1')).toEqual(square(50, 20, 20));
  });
});

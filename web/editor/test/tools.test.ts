import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameOf, isFramed } from '../src/geometry/frames.ts';
import { areaOf, boundsOf } from '../src/geometry/outline.ts';
import type { EditorRecord, Shape } from '../src/model/annotation.ts';
import { allTools, type ToolId } from '../src/tools/all-tools.ts';
import { FakeServer } from './fake-server.ts';
import { box, TestEditor, wire } from './test-editor.ts';

const shapes = (editor: TestEditor) => editor.records().map(({ shape }) => shape);

const square = (x: number, y: number, side: number): Shape => ({
  kind: 'polygon',
  parts: [{ outer: [x, y, x + side, y, x + side, y + side, x, y + side], holes: [] }],
});

const withObjects = (...objects: readonly Shape[]) =>
  TestEditor.open({
    server: new FakeServer(
      'set',
      objects.map((shape, i) => wire(`o${i}`, shape)),
    ),
  });

const shapeOf = (editor: TestEditor, id: string) => editor.annotations.value.get(id)?.shape;

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

describe('Every tool', () => {
  const step = fc.oneof(
    fc.record({
      kind: fc.constant('pointer' as const),
      what: fc.constantFrom('press' as const, 'move' as const, 'release' as const, 'click' as const),
      x: fc.integer({ min: 0, max: 100 }),
      y: fc.integer({ min: 0, max: 100 }),
      shift: fc.boolean(),
      ctrl: fc.boolean(),
      alt: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant('key' as const),
      key: fc.constantFrom(
        'Enter',
        'Backspace',
        'Delete',
        'Escape',
        'Ctrl+Z',
        'U',
        'Shift+M',
        'Ctrl+G',
        'Shift+K',
        'Ctrl+A',
      ),
    }),
    fc.record({ kind: fc.constant('tool' as const), tool: fc.constantFrom<ToolId>(...allTools.map(({ id }) => id)) }),
    fc.record({ kind: fc.constant('class' as const), classId: fc.constantFrom('car', 'body', 'lane') }),
  );
  type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

  const start = () =>
    withObjects(square(20, 20, 40), box(50, 50, 30, 20), {
      kind: 'keypoints',
      points: [10, 10, 2, 20, 80, 1, 90, 20, 2],
    });

  function play(editor: TestEditor, steps: readonly Step[]): void {
    for (const s of steps) {
      if (s.kind === 'key') editor.key(s.key);
      else if (s.kind === 'tool') editor.setTool(s.tool);
      else if (s.kind === 'class') editor.setCurrentClass(s.classId);
      else if (s.what === 'click') editor.click(s.x, s.y, s);
      else editor[s.what]([s.x, s.y], { shift: s.shift, ctrl: s.ctrl, alt: s.alt });
    }
  }

  const sound = ({ shape }: EditorRecord) =>
    JSON.stringify(shape).includes('null') === false &&
    (shape.kind !== 'polygon' || shape.parts.every(({ outer }) => outer.length >= 6));

  it('leaves no trace when cancelled, in whatever state', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const editor = await start();
        play(editor, steps);
        const [before, undo] = [editor.records(), editor.history.value.undo];
        editor.toolbox.cancel();
        expect(editor.busy.value).toBe(false);
        expect(editor.records()).toBe(before);
        expect(editor.history.value.undo).toBe(undo);
        expect(editor.preview.value?.shapes ?? []).toEqual([]);
        expect(editor.preview.value?.path ?? null).toBeNull();
        expect(before.every(sound)).toBe(true);
        editor.dispose();
      }),
      { numRuns: 60 },
    );
  });

  it('can be undone to the start and redone to the end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const editor = await start();
        const first = editor.records();
        play(editor, steps);
        editor.toolbox.cancel();
        while (editor.history.value.redo !== null) editor.key('Ctrl+Shift+Z');
        const last = editor.records();
        while (editor.history.value.undo !== null) editor.key('Ctrl+Z');
        expect(editor.records()).toEqual(first);
        while (editor.history.value.redo !== null) editor.key('Ctrl+Shift+Z');
        expect(editor.records()).toEqual(last);
        editor.dispose();
      }),
      { numRuns: 60 },
    );
  });
});

describe('Groups', () => {
  it('are selected by a click on one of them, which a second click selects alone', async () => {
    const editor = await withObjects(square(10, 10, 20), square(50, 10, 20), square(10, 60, 20));
    editor.select(['o0', 'o1']);
    editor.key('Ctrl+G');
    editor.key('Escape');
    editor.click(20, 20);
    expect([...editor.selection.value].sort()).toEqual(['o0', 'o1']);
    editor.click(20, 20);
    expect(editor.selection.value).toEqual(['o0']);
    editor.key('Escape');
    editor.click(60, 20, { alt: true });
    expect(editor.selection.value).toEqual(['o1']);
    editor.key('Ctrl+Shift+G');
    editor.key('Escape');
    editor.click(20, 20);
    expect(editor.selection.value).toEqual(['o0']);
  });
});

describe('ShapeActions', () => {
  const framed: readonly Shape[] = [
    box(10, 20, 30, 40),
    { kind: 'rotatedBox', cx: 50, cy: 50, width: 30, height: 20, angle: 1 },
    { kind: 'ellipse', cx: 50, cy: 50, rx: 15, ry: 10, angle: 1 },
  ];

  it.each(framed)('take typed numbers of a $kind, and none that are not sound', async (shape) => {
    const editor = await withObjects(shape);
    const before = isFramed(shape) ? frameOf(shape) : null;
    if (before === null) throw new Error('not framed');
    editor.shapes.setFrame('o0', { ...before, width: 24 });
    const after = shapeOf(editor, 'o0');
    expect(after !== undefined && isFramed(after) && frameOf(after)).toEqual({ ...before, width: 24 });
    editor.shapes.setFrame('o0', { ...before, width: 0 });
    editor.shapes.setFrame('o0', { ...before, cx: Number.NaN });
    expect(shapeOf(editor, 'o0')).toEqual(after);
  });

  it('unite, subtract and intersect what is selected, the first one staying', async () => {
    const editor = await withObjects(square(10, 10, 40), box(30, 30, 40, 40));
    editor.select(['o0', 'o1']);
    editor.key('Shift+U');
    expect(areaOf(shapeOf(editor, 'o0') ?? box(0, 0, 0, 0))).toBeCloseTo(1600 - 400);
    expect(editor.records()).toHaveLength(2);
    editor.key('Ctrl+Z');
    editor.select(['o0', 'o1']);
    editor.key('Ctrl+Alt+U');
    expect(areaOf(shapeOf(editor, 'o0') ?? box(0, 0, 0, 0))).toBeCloseTo(400);
    editor.key('Ctrl+Z');
    editor.select(['o0', 'o1']);
    editor.key('U');
    expect(editor.records()).toHaveLength(1);
    expect(areaOf(shapeOf(editor, 'o0') ?? box(0, 0, 0, 0))).toBeCloseTo(1600 + 1600 - 400);
  });

  it('align and distribute by edges and gaps', async () => {
    const editor = await withObjects(box(10, 10, 10, 10), box(60, 30, 20, 10), box(25, 60, 10, 10));
    editor.key('Ctrl+A');
    editor.key('Ctrl+Alt+H');
    expect(shapes(editor).map((s) => boundsOf(s)?.left)).toEqual([10, 60, 35]);
    editor.key('Ctrl+ArrowLeft');
    expect(shapes(editor).map((s) => boundsOf(s)?.left)).toEqual([10, 10, 10]);
    editor.key('Ctrl+ArrowDown');
    expect(shapes(editor).map((s) => boundsOf(s)?.bottom)).toEqual([70, 70, 70]);
  });

  it('preview a simplification without touching the store', async () => {
    const round = Array.from({ length: 60 }, (_, i) => [50 + 30 * Math.cos(i / 9.55), 50 + 30 * Math.sin(i / 9.55)]);
    const editor = await withObjects({ kind: 'polygon', parts: [{ outer: round.flat(), holes: [] }] });
    const { before, after } = editor.shapes.previewSimplified(['o0'], 1);
    expect(before).toBe(60);
    expect(after).toBeLessThan(20);
    expect(editor.history.value.undo).toBeNull();
    editor.shapes.previewSimplified(['o0'], null);
    expect(editor.preview.value).toBeNull();
    editor.shapes.simplify(['o0'], 1);
    expect(editor.history.value.undo).toBe('Simplify object');
  });
});

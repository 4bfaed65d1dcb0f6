import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameOf, isFramed } from '../src/geometry/frames.ts';
import { areaOf, boundsOf } from '../src/geometry/outline.ts';
import type { EditorRecord, Shape } from '../src/model/annotation.ts';
import { allTools, type ToolId } from '../src/tools/all-tools.ts';
import { shapeOf, shapes, square, withObjects } from './shape-helpers.ts';
import { box, type TestEditor } from './test-editor.ts';

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

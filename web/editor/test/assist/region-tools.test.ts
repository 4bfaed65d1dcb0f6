import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ToolId } from '../../src/tools/all-tools.ts';
import { box } from '../test-editor.ts';
import { oneDisc, open, provenances } from './opened.ts';

describe('The magic wand', () => {
  it('makes an object of what it has found, with Enter', async () => {
    const { editor, assist, likeTruth } = await open();
    editor.setTool('wand');
    editor.click(45, 55);
    await assist.answerAll();
    expect(editor.records()).toEqual([]);
    editor.key('Enter');
    expect(likeTruth()).toBeGreaterThan(0.93);
    expect(provenances(editor.records())).toEqual(['assisted']);
    expect(editor.busy.value).toBe(false);
    editor.key('Ctrl+Z');
    expect(editor.records()).toEqual([]);
  });

  it('waits with Enter for the fine answer', async () => {
    const { editor, assist, likeTruth } = await open();
    editor.setTool('wand');
    editor.click(45, 55);
    editor.key('Enter');
    expect(editor.busy.value).toBe(true);
    await assist.answerAll();
    expect(likeTruth()).toBeGreaterThan(0.93);
    expect(editor.busy.value).toBe(false);
  });

  it('reaches farther when dragged, and when the wheel is turned', async () => {
    const { editor, assist, only } = await open((x) => ({ color: [100 + x, 100 + x, 100 + x], inside: x < 50 }), [], 0);
    const width = () => {
      const xs = only().parts[0]?.outer.filter((_, i) => i % 2 === 0) ?? [];
      return Math.max(...xs) - Math.min(...xs);
    };
    editor.setTool('wand');
    editor.setDrawing({ assist: { ...editor.drawing.value.assist, tolerance: 5 } });
    editor.press([10, 50]);
    editor.move([60, 50]);
    editor.release([60, 50]);
    expect(editor.drawing.value.assist.tolerance).toBe(15);
    expect(editor.toolbox.wheel(1)).toBe(true);
    expect(editor.drawing.value.assist.tolerance).toBe(17);
    await assist.answerAll();
    editor.key('Enter');
    // 2.2 grey levels are one unit of lightness here.
    expect(width()).toBeGreaterThan(45);
    expect(width()).toBeLessThan(62);
  });

  it('takes a second colour to it and away again', async () => {
    const { editor, assist, likeTruth, only } = await open();
    editor.setTool('wand');
    editor.click(45, 55);
    editor.click(5, 5, { shift: true });
    await assist.answerAll();
    editor.key('Backspace');
    await assist.answerAll();
    editor.key('Enter');
    expect(likeTruth()).toBeGreaterThan(0.93);
    expect(only().parts).toHaveLength(1);
  });

  it('makes a mask for a class that allows no polygons', async () => {
    const { editor, assist, shapes } = await open();
    const [first, ...others] = editor.ontology.value.classes;
    if (first === undefined) throw new Error('No class');
    editor.setOntology({ ...editor.ontology.value, classes: [{ ...first, shapes: ['mask'] }, ...others] });
    editor.setTool('wand');
    editor.click(45, 55);
    await assist.answerAll();
    editor.key('Enter');
    expect(shapes().map(({ kind }) => kind)).toEqual(['mask']);
  });
});

describe('An object in a box', () => {
  it('is cut out, corrected and finished', async () => {
    const { editor, assist, likeTruth } = await open();
    editor.setTool('grabCut');
    editor.drag([
      [16, 15],
      [50, 50],
      [85, 84],
    ]);
    await assist.answerAll();
    editor.drag(
      [
        [30, 50],
        [40, 50],
        [60, 50],
      ],
      {},
    );
    await assist.answerAll();
    editor.key('Enter');
    expect(likeTruth()).toBeGreaterThan(0.93);
  });

  it('can be boxed with two clicks', async () => {
    const { editor, assist, likeTruth } = await open();
    editor.setTool('grabCut');
    editor.click(16, 15);
    editor.move([70, 70]);
    editor.click(85, 84);
    editor.key('Enter');
    await assist.answerAll();
    expect(likeTruth()).toBeGreaterThan(0.93);
  });
});

describe('Superpixels', () => {
  it('are painted with, and taken away with Ctrl', async () => {
    const { editor, assist, likeTruth } = await open();
    editor.setDrawing({ assist: { ...editor.drawing.value.assist, cellSize: 10 } });
    editor.setTool('superpixels');
    editor.move([50, 50]);
    await assist.answerAll();
    const spiral = Array.from({ length: 120 }, (_, k): [number, number] => {
      const [angle, r] = [k * 0.5, (26 * k) / 120];
      return [50 + r * Math.cos(angle), 50 + r * Math.sin(angle)];
    });
    editor.drag(spiral);
    editor.click(5, 5);
    await assist.answerAll();
    editor.click(5, 5, { ctrl: true });
    await assist.answerAll();
    editor.key('Enter');
    await assist.answerAll();
    expect(likeTruth()).toBeGreaterThan(0.9);
  });

  it('clicked before they are there are counted when they come', async () => {
    const { editor, assist, shapes } = await open();
    editor.setTool('superpixels');
    editor.click(50, 50);
    editor.key('Enter');
    await assist.answerAll();
    expect(shapes()).toHaveLength(1);
  });
});

describe('Every tool that looks at the picture', () => {
  const tools: readonly ToolId[] = ['wand', 'grabCut', 'superpixels', 'scissors', 'similar'];
  const place = fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }));
  const steps = fc.array(
    fc.oneof(
      fc.record({
        kind: fc.constantFrom('click', 'move', 'press', 'release'),
        at: place,
        ctrl: fc.boolean(),
        shift: fc.boolean(),
      }),
      fc.record({ kind: fc.constantFrom('answer', 'Backspace', 'wheel') }),
    ),
    { maxLength: 10 },
  );

  it('leaves no trace when it is cancelled, whenever the answers come; undone, all is as at the start', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...tools), steps, fc.boolean(), async (tool, script, finishes) => {
        const { editor, assist } = await open(oneDisc, [box(20, 20, 20, 20)]);
        const before = editor.records();
        editor.setTool(tool);
        for (const step of script) {
          if ('at' in step) {
            const held = { ctrl: step.ctrl, shift: step.shift };
            if (step.kind === 'click') editor.click(...step.at, held);
            else if (step.kind === 'move') editor.move(step.at, held);
            else if (step.kind === 'press') editor.press(step.at, held);
            else editor.release(step.at, held);
          } else if (step.kind === 'answer') await assist.answerAll();
          else if (step.kind === 'wheel') editor.toolbox.wheel(1);
          else editor.toolbox.stepBack();
        }
        if (finishes) {
          editor.toolbox.finish();
          await assist.answerAll();
        }
        const after = editor.records();
        editor.toolbox.cancel();
        await assist.answerAll();
        expect(editor.records()).toEqual(after);
        expect(editor.toolbox.camera).toBeDefined();
        expect(editor.preview.value).toBeNull();
        expect(editor.busy.value).toBe(false);
        while (editor.key('Ctrl+Z'));
        expect(editor.records()).toEqual(before);
      }),
      { numRuns: 60 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Camera } from '../../src/camera/camera.ts';
import type { EditorRecord, PolygonShape, Shape } from '../../src/model/annotation.ts';
import type { ToolId } from '../../src/tools/all-tools.ts';
import { FakeServer } from '../fake-server.ts';
import { box, TestEditor, wire } from '../test-editor.ts';
import { DirectAssist } from './direct-assist.ts';
import { disc, iou, type Painter, RasterPicture, type Rgb, regionOf, scene } from './scenes.ts';

const red: Rgb = [190, 50, 50];
const green: Rgb = [70, 120, 80];
const size = { width: 100, height: 100 };
const oneDisc = disc(50, 50, 28, red, green);

/** Two equal signs and room for more. */
const signs: Painter = (x, y) => {
  for (const [cx, cy] of [
    [20, 25],
    [70, 30],
    [45, 75],
  ] as const) {
    const away = Math.hypot(x - cx, y - cy);
    if (away < 9) return { color: away < 4 ? [240, 240, 230] : red, inside: true };
  }
  return { color: green, inside: false };
};

async function open(paint: Painter = oneDisc, objects: readonly Shape[] = [], noise = 10) {
  const { raster, truth } = scene(size, paint, noise);
  const assist = new DirectAssist(new RasterPicture(raster));
  const server = new FakeServer(
    'set',
    objects.map((shape, i) => wire(`o${i}`, shape)),
  );
  const editor = await TestEditor.open({ assist, server });
  editor.camera.set(new Camera(size, { width: 120, height: 120 }, { x: 50, y: 50 }, 1));
  const shapes = () => editor.records().map(({ shape }) => shape);
  const only = () => shapes()[0] as PolygonShape;
  const likeTruth = () => iou(regionOf(only(), size), truth);
  return { editor, assist, truth, shapes, only, likeTruth };
}

const provenances = (records: readonly EditorRecord[]) => records.map(({ provenance }) => provenance.origin);

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

describe('Intelligent scissors', () => {
  const around = [0, 1, 2, 3].map((k): [number, number] => [
    50 + 28 * Math.cos((k * Math.PI) / 2 + 0.4),
    50 + 28 * Math.sin((k * Math.PI) / 2 + 0.4),
  ]);

  it('follow the edge from click to click and close with Enter', async () => {
    const { editor, assist, likeTruth } = await open();
    editor.setTool('scissors');
    for (const [x, y] of around) {
      editor.move([x, y]);
      await assist.answerAll();
      editor.click(x, y);
      await assist.answerAll();
    }
    editor.key('Enter');
    await assist.answerAll();
    expect(likeTruth()).toBeGreaterThan(0.95);
    expect(provenances(editor.records())).toEqual(['assisted']);
  });

  it('find the same when the hand is faster than the worker', async () => {
    const { editor, assist, likeTruth } = await open();
    editor.setTool('scissors');
    for (const [x, y] of around) editor.click(x, y);
    const [x, y] = around[0] ?? [0, 0];
    editor.click(x, y);
    await assist.answerAll();
    expect(likeTruth()).toBeGreaterThan(0.93);
  });

  it('take a corner back', async () => {
    const { editor, assist, likeTruth } = await open();
    editor.setTool('scissors');
    const wrong: [number, number] = [95, 5];
    for (const [x, y] of [...around, wrong]) {
      editor.click(x, y);
      await assist.answerAll();
    }
    editor.key('Backspace');
    editor.key('Enter');
    await assist.answerAll();
    expect(likeTruth()).toBeGreaterThan(0.93);
  });

  it('are straight with Alt', async () => {
    const { editor, assist, only } = await open();
    editor.setTool('scissors');
    for (const [x, y] of [
      [20, 20],
      [80, 20],
      [80, 80],
    ] as const) {
      editor.click(x, y, { alt: true });
      await assist.answerAll();
    }
    editor.click(20, 80, { alt: true });
    await assist.answerAll();
    editor.key('Enter');
    await assist.answerAll();
    expect(only().parts[0]?.outer.length).toBeLessThan(40);
  });
});

describe('Finding similar', () => {
  it('proposes, and keeps nothing that was not accepted', async () => {
    const { editor, assist } = await open(signs, [box(9, 14, 22, 22)]);
    editor.select(['o0']);
    editor.setTool('similar');
    await assist.answerAll();
    expect(editor.records()).toHaveLength(1);
    editor.key('Escape');
    expect(editor.toolbox.cancel()).toBe(false);
    expect(editor.records()).toHaveLength(1);
  });

  it('accepts one after the other, or all', async () => {
    const { editor, assist, shapes } = await open(signs, [box(9, 14, 22, 22)]);
    editor.select(['o0']);
    editor.setTool('similar');
    await assist.answerAll();
    editor.key('Shift+Enter');
    expect(editor.records()).toHaveLength(2);
    editor.key('Enter');
    editor.key('Backspace');
    expect(editor.records()).toHaveLength(3);
    expect(editor.busy.value).toBe(false);
    expect(provenances(editor.records()).sort()).toEqual(['assisted', 'assisted', 'imported']);
    const centers = shapes().map((shape) => (shape.kind === 'box' ? [shape.x + 11, shape.y + 11] : []));
    for (const [x, y] of [
      [70, 30],
      [45, 75],
    ] as const) {
      expect(centers.some(([u = 0, v = 0]) => Math.hypot(u - x, v - y) < 2)).toBe(true);
    }
    editor.key('Ctrl+Z');
    editor.key('Ctrl+Z');
    expect(editor.records()).toHaveLength(1);
  });

  it('does not propose what is there already, nor what was thrown away', async () => {
    const { editor, assist } = await open(signs, [box(9, 14, 22, 22), box(59, 19, 22, 22)]);
    editor.select(['o0']);
    editor.setTool('similar');
    await assist.answerAll();
    editor.key('Backspace');
    expect(editor.records()).toHaveLength(2);
    expect(editor.busy.value).toBe(false);
  });
});

describe('Commands', () => {
  it('tighten the selected boxes in one step', async () => {
    const { editor, assist, shapes } = await open(oneDisc, [box(10, 12, 80, 78)]);
    editor.select(['o0']);
    editor.key('Shift+O');
    await assist.answerAll();
    const [shape] = shapes();
    if (shape?.kind !== 'box') throw new Error('No box');
    for (const [found, wanted] of [
      [shape.x, 22],
      [shape.y, 22],
      [shape.x + shape.width, 78],
      [shape.y + shape.height, 78],
    ] as const) {
      expect(Math.abs(found - wanted)).toBeLessThanOrEqual(2);
    }
    editor.key('Ctrl+Z');
    expect(shapes()).toEqual([box(10, 12, 80, 78)]);
  });

  it('do nothing to an object that has changed in the meantime', async () => {
    const { editor, assist, shapes } = await open(oneDisc, [box(10, 12, 80, 78)]);
    editor.select(['o0']);
    editor.key('Shift+O');
    editor.key('ArrowLeft');
    await assist.answerAll();
    expect(shapes()).toEqual([box(9, 12, 80, 78)]);
  });

  it('fit the selected polygon to the edges', async () => {
    const corners = Array.from({ length: 12 }, (_, k) => (k * Math.PI) / 6);
    const outer = corners.flatMap((angle, k) => [
      51 + (k % 2 === 0 ? 25 : 31) * Math.cos(angle),
      50 + (k % 2 === 0 ? 25 : 31) * Math.sin(angle),
    ]);
    const { editor, assist, likeTruth } = await open(oneDisc, [{ kind: 'polygon', parts: [{ outer, holes: [] }] }]);
    const before = likeTruth();
    editor.select(['o0']);
    editor.key('Shift+H');
    await assist.answerAll();
    expect(likeTruth()).toBeGreaterThan(Math.max(before, 0.96));
    expect(provenances(editor.records())).toEqual(['edited']);
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

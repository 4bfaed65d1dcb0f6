import { describe, expect, it, vi } from 'vitest';
import { common, unionOf } from '../src/masks/algebra.ts';
import { hasPixel, maskOfBox, pixelCount } from '../src/masks/runs.ts';
import type { MaskShape } from '../src/model/annotation.ts';
import type { ToolId } from '../src/tools/all-tools.ts';
import { FakeServer } from './fake-server.ts';
import { box, TestEditor, wire } from './test-editor.ts';

const square = (x: number, y: number, side: number) => maskOfBox({ x, y, width: side, height: side });
const maskOf = (editor: TestEditor, id: string): MaskShape => {
  const shape = editor.annotations.value.get(id)?.shape;
  if (shape?.kind !== 'mask') throw new Error(`${id} is no mask`);
  return shape;
};
const masks = (editor: TestEditor) => editor.records().flatMap(({ shape }) => (shape.kind === 'mask' ? [shape] : []));

async function painting(tool: ToolId, objects: readonly MaskShape[], brushSize = 10): Promise<TestEditor> {
  const annotations = objects.map((shape, i) => wire(`o${i}`, shape));
  const editor = await TestEditor.open({ server: new FakeServer('set', annotations) });
  editor.setTool(tool);
  editor.setDrawing({ brushSize });
  return editor;
}

describe('The brush', () => {
  it('makes a mask, goes on with it while it is selected, and begins another after Esc', async () => {
    const editor = await painting('brush', []);
    editor.drag([
      [20, 20],
      [40, 20],
    ]);
    const [first] = editor.selection.value;
    expect(editor.records()).toHaveLength(1);
    expect(hasPixel(maskOf(editor, first ?? ''), 30, 23)).toBe(true);
    expect(hasPixel(maskOf(editor, first ?? ''), 30, 26)).toBe(false);
    editor.drag([
      [30, 20],
      [30, 40],
    ]);
    expect(editor.records()).toHaveLength(1);
    editor.key('Escape');
    editor.click(70, 70);
    expect(editor.records()).toHaveLength(2);
    expect(editor.history.value.undo).toBe('Paint');
  });

  it('covers every place that it passed between two moves', async () => {
    const editor = await painting('brush', [], 2);
    const trail = Array.from({ length: 21 }, (_, i) => ({
      image: { x: 20 + i, y: 50 + 20 * Math.sin(i / 3) },
      pressure: null,
    }));
    editor.press([20, 50]);
    editor.move([40, 50], { trail });
    editor.release([40, 50], { trail: [] });
    const [mask] = masks(editor);
    for (const { image } of trail) expect(mask && hasPixel(mask, Math.floor(image.x), Math.floor(image.y))).toBe(true);
  });

  it('paints thinner with a pen that is pressed less, when that is wished', async () => {
    const editor = await painting('brush', [], 20);
    editor.click(20, 20, { pressure: 0.5 });
    editor.setDrawing({ penPressure: true });
    editor.key('Escape');
    editor.click(60, 60, { pressure: 0.5 });
    expect(masks(editor).map(({ width }) => width)).toEqual([20, 10]);
  });

  it('erases with Ctrl, draws straight on with Shift, and stays in the image', async () => {
    const editor = await painting('brush', [square(10, 10, 40)]);
    editor.select(['o0']);
    editor.drag(
      [
        [10, 30],
        [50, 30],
      ],
      { ctrl: true },
    );
    expect(hasPixel(maskOf(editor, 'o0'), 30, 30)).toBe(false);
    editor.click(90, 90);
    editor.click(200, 90, { shift: true });
    const mask = maskOf(editor, 'o0');
    expect(hasPixel(mask, 99, 90)).toBe(true);
    expect(mask.x + mask.width).toBe(100);
  });

  it('takes the size from its keys and from the wheel, and leaves the order of objects alone', async () => {
    const editor = await painting('brush', [square(10, 10, 10), square(10, 10, 10)]);
    editor.select(['o0']);
    editor.key(']');
    expect(editor.drawing.value.brushSize).toBe(12);
    editor.key('[');
    editor.key('[');
    expect(editor.drawing.value.brushSize).toBe(9);
    expect(editor.history.value.undo).toBeNull();
    for (let i = 0; i < 100; i++) editor.key('[');
    expect(editor.drawing.value.brushSize).toBe(1);
    editor.setTool('select');
    editor.select(['o0']);
    editor.key(']');
    expect(editor.history.value.undo).toBe('Change order');
  });

  it('leaves a mask that is not changed by a stroke as it is', async () => {
    const editor = await painting('brush', [square(10, 10, 60)]);
    editor.select(['o0']);
    editor.click(40, 40);
    editor.click(90, 90, { ctrl: true });
    expect(editor.history.value.undo).toBeNull();
  });

  it('paints on what somebody else has made of the mask meanwhile, and on none that they deleted', async () => {
    const server = new FakeServer('set', [wire('o0', square(10, 10, 20))]);
    const editor = await TestEditor.open({ server });
    editor.setTool('brush');
    editor.select(['o0']);
    editor.press([20, 40]);
    server.putByOther(wire('o0', square(60, 60, 20)));
    await vi.waitFor(() => expect(maskOf(editor, 'o0').x).toBe(60));
    editor.release([20, 40]);
    expect(hasPixel(maskOf(editor, 'o0'), 70, 70)).toBe(true);
    expect(hasPixel(maskOf(editor, 'o0'), 20, 40)).toBe(true);
    expect(hasPixel(maskOf(editor, 'o0'), 12, 12)).toBe(false);
    editor.press([20, 40]);
    editor.actions.remove(['o0']);
    editor.release([20, 40]);
    expect(editor.records()).toEqual([]);
    expect(editor.notice.value?.message).toContain('deleted');
  });

  it('does nothing to what is locked or read-only', async () => {
    const editor = await painting('brush', [square(10, 10, 20)]);
    editor.actions.lockObjects(['o0'], true);
    editor.select(['o0']);
    editor.click(20, 40);
    expect(editor.notice.value?.message).toContain('locked');
    expect(maskOf(editor, 'o0')).toEqual(square(10, 10, 20));
    const reader = await TestEditor.open({ readOnly: true });
    reader.setTool('brush');
    reader.click(20, 20);
    expect(reader.records()).toEqual([]);
  });
});

describe('Masks that do not overlap', () => {
  it('give their pixels to what is painted, and go when none is left', async () => {
    const editor = await painting('brush', [square(10, 10, 40), square(60, 60, 4)]);
    editor.key('Alt+O');
    editor.drag([
      [5, 30],
      [55, 30],
    ]);
    editor.key('Escape');
    editor.click(62, 62);
    const [first, ...painted] = masks(editor);
    expect(editor.annotations.value.get('o1')).toBeUndefined();
    expect(painted).toHaveLength(2);
    const taken = unionOf(painted);
    expect(first && taken && common(first, taken)).toBeNull();
    editor.key('Ctrl+Z');
    editor.key('Ctrl+Z');
    expect(masks(editor)).toEqual([square(10, 10, 40), square(60, 60, 4)]);
  });

  it('keep their pixels where they are locked', async () => {
    const editor = await painting('brush', [square(10, 10, 40)]);
    editor.key('Alt+O');
    editor.actions.lockObjects(['o0'], true);
    editor.drag([
      [5, 30],
      [55, 30],
    ]);
    expect(maskOf(editor, 'o0')).toEqual(square(10, 10, 40));
    expect(common(...(masks(editor) as [MaskShape, MaskShape]))).toBeNull();
  });

  it('and the rest of the image make up the whole image', async () => {
    const editor = await painting('brush', [square(10, 10, 40), square(30, 30, 40)]);
    editor.key('Alt+R');
    expect(masks(editor)).toHaveLength(3);
    expect(unionOf(masks(editor))).toEqual(square(0, 0, 100));
    expect(pixelCount(maskOf(editor, editor.selection.value[0] ?? ''))).toBe(100 * 100 - (1600 + 1600 - 400));
    editor.key('Escape');
    editor.key('Alt+R');
    expect(editor.notice.value?.message).toContain('No pixel');
    expect(masks(editor)).toHaveLength(3);
  });
});

describe('One class a pixel', () => {
  it('gives every class one mask, chosen by its key, and every pixel one class', async () => {
    const editor = await painting('brush', []);
    editor.setDrawing({ maskRule: 'onePerClass' });
    editor.key('1');
    editor.drag([
      [20, 20],
      [40, 20],
    ]);
    editor.click(20, 60);
    expect(editor.selection.value).toEqual([]);
    editor.key('2');
    editor.drag([
      [30, 10],
      [30, 30],
    ]);
    editor.key('Alt+R');
    expect(editor.records().map(({ classId }) => classId)).toEqual(['car', 'person']);
    const [car, person] = masks(editor) as [MaskShape, MaskShape];
    expect(common(car, person)).toBeNull();
    expect(unionOf([car, person])).toEqual(square(0, 0, 100));
    expect([hasPixel(car, 20, 20), hasPixel(car, 30, 20), hasPixel(car, 20, 60)]).toEqual([true, false, true]);
    while (editor.history.value.undo !== null) editor.key('Ctrl+Z');
    expect(editor.records()).toEqual([]);
  });
});

describe('The eraser', () => {
  it('takes pixels off the mask under it, and the mask when none is left', async () => {
    const editor = await painting('eraser', [square(10, 10, 20), square(50, 50, 4)]);
    editor.click(20, 20);
    expect(hasPixel(maskOf(editor, 'o0'), 20, 20)).toBe(false);
    editor.key('Escape');
    editor.click(52, 52);
    expect(editor.annotations.value.get('o1')).toBeUndefined();
    editor.click(90, 90);
    expect(editor.notice.value?.message).toContain('Select the mask');
  });
});

describe('The lasso', () => {
  it('adds the area to the selected mask, and with Ctrl cuts it out', async () => {
    const editor = await painting('lasso', [square(10, 10, 20)]);
    const around = (x: number, y: number, side: number, ctrl: boolean) => {
      for (const [dx, dy] of [
        [0, 0],
        [side, 0],
        [side, side],
        [0, side],
      ] as const)
        editor.click(x + dx, y + dy, { ctrl, alt: true });
      editor.key('Enter');
    };
    editor.select(['o0']);
    around(20, 20, 30, false);
    expect(pixelCount(maskOf(editor, 'o0'))).toBe(400 + 900 - 100);
    around(12, 12, 20, true);
    expect(pixelCount(maskOf(editor, 'o0'))).toBe(400 + 900 - 100 - 18 * 18 - 12 * 12 + 10 * 10);
  });
});

describe('The fill', () => {
  const holed = (): MaskShape => {
    const hole = square(20, 20, 10);
    const runs = [0, 10 * 30 + 10];
    for (let i = 0; i < 9; i++) runs.push(10, 20);
    runs.push(10, 10 + 10 * 30);
    const mask: MaskShape = { kind: 'mask', x: 10, y: 10, width: 30, height: 30, runs };
    expect(common(mask, hole)).toBeNull();
    return mask;
  };

  it('closes the hole that is clicked, and nothing that is open', async () => {
    const editor = await painting('fill', [holed()]);
    editor.select(['o0']);
    editor.click(60, 60);
    expect(editor.notice.value?.message).toContain('No mask encloses');
    expect(maskOf(editor, 'o0')).toEqual(holed());
    editor.click(25, 25);
    expect(maskOf(editor, 'o0')).toEqual(square(10, 10, 30));
  });

  it('takes a separate part off with Ctrl', async () => {
    const both = unionOf([square(10, 10, 10), square(50, 50, 20)]) as MaskShape;
    const editor = await painting('fill', [both]);
    editor.click(12, 12, { ctrl: true });
    expect(maskOf(editor, 'o0')).toEqual(square(50, 50, 20));
  });

  it('makes a new mask of a gap that several masks enclose', async () => {
    const walls = [
      maskOfBox({ x: 10, y: 10, width: 30, height: 5 }),
      maskOfBox({ x: 10, y: 35, width: 30, height: 5 }),
      maskOfBox({ x: 10, y: 10, width: 5, height: 30 }),
      maskOfBox({ x: 35, y: 10, width: 5, height: 30 }),
    ];
    const editor = await painting('fill', walls);
    editor.click(25, 25);
    expect(masks(editor)).toHaveLength(5);
    expect(maskOf(editor, editor.selection.value[0] ?? '')).toEqual(square(15, 15, 20));
  });
});

describe('Masks and polygons', () => {
  it('become each other', async () => {
    const editor = await painting('select', [square(10, 10, 20)]);
    editor.select(['o0']);
    editor.key('Alt+Shift+P');
    const polygon = editor.annotations.value.get('o0')?.shape;
    expect(polygon).toEqual({ kind: 'polygon', parts: [{ outer: [10, 10, 30, 10, 30, 30, 10, 30], holes: [] }] });
    editor.key('Alt+Shift+M');
    expect(maskOf(editor, 'o0')).toEqual(square(10, 10, 20));
  });

  it('are united, subtracted and intersected as masks where the first is one', async () => {
    const annotations = [wire('o0', square(10, 10, 20)), wire('o1', box(20, 20, 20, 20))];
    const editor = await TestEditor.open({ server: new FakeServer('set', annotations) });
    const pixels = (key: string) => {
      editor.select(['o0', 'o1']);
      editor.key(key);
      const count = pixelCount(maskOf(editor, 'o0'));
      editor.key('Ctrl+Z');
      return count;
    };
    expect([pixels('U'), pixels('Shift+U'), pixels('Ctrl+Alt+U')]).toEqual([700, 300, 100]);
  });

  it('split into connected parts, the largest staying the object', async () => {
    const both = unionOf([square(10, 10, 10), square(50, 50, 20)]) as MaskShape;
    const editor = await painting('select', [both, square(80, 80, 5)]);
    editor.select(['o0', 'o1']);
    editor.key('Shift+X');
    expect(maskOf(editor, 'o0')).toEqual(square(50, 50, 20));
    expect(editor.records()).toHaveLength(3);
    expect(unionOf(masks(editor).filter((mask) => mask.x !== 80))).toEqual(both);
  });
});

describe('Undo of strokes', () => {
  it('gives every earlier mask back to the last run, also when its box changed', async () => {
    const editor = await painting('brush', [], 7);
    const states: unknown[] = [editor.records()];
    for (let i = 0; i < 30; i++) {
      editor.drag(
        [
          [10 + ((i * 37) % 80), 10 + ((i * 53) % 80)],
          [10 + ((i * 71) % 80), 10 + ((i * 29) % 80)],
        ],
        { ctrl: i % 3 === 2 },
      );
      if (editor.records() !== states.at(-1)) states.push(editor.records());
    }
    expect(states.length).toBeGreaterThan(20);
    for (let i = states.length - 2; i >= 0; i--) {
      editor.key('Ctrl+Z');
      expect(editor.records()).toEqual(states[i]);
    }
    for (let i = 1; i < states.length; i++) {
      editor.key('Ctrl+Shift+Z');
      expect(editor.records()).toEqual(states[i]);
    }
  });
});

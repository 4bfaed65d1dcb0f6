import { describe, expect, it } from 'vitest';
import { common, unionOf } from '../src/masks/algebra.ts';
import { hasPixel, maskOfBox, pixelCount } from '../src/masks/runs.ts';
import type { MaskShape } from '../src/model/annotation.ts';
import { FakeServer } from './fake-server.ts';
import { maskOf, masks, painting, square } from './mask-helpers.ts';
import { box, TestEditor, wire } from './test-editor.ts';

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

  it('take along the relations to them when none is left, and undo brings both back', async () => {
    const rider = wire('rider', square(60, 60, 20), { relations: [{ predicate: 'rides', object: 'bike' }] });
    const editor = await TestEditor.open({ server: new FakeServer('set', [rider, wire('bike', square(10, 10, 20))]) });
    editor.setTool('lasso');
    editor.setDrawing({ maskRule: 'onePerObject' });
    for (const [x, y] of [
      [5, 5],
      [35, 5],
      [35, 35],
      [5, 35],
    ] as const)
      editor.click(x, y, { alt: true });
    editor.key('Enter');
    expect(editor.records().map(({ id }) => id)).not.toContain('bike');
    expect(editor.records().find(({ id }) => id === 'rider')).not.toHaveProperty('relations');
    editor.key('Ctrl+Z');
    expect(editor.records().map(({ id, relations }) => [id, relations?.length])).toEqual(
      expect.arrayContaining([
        ['bike', undefined],
        ['rider', 1],
      ]),
    );
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

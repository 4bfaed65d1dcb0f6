import { describe, expect, it, vi } from 'vitest';
import { hasPixel } from '../src/masks/runs.ts';
import { FakeServer } from './fake-server.ts';
import { maskOf, masks, painting, square } from './mask-helpers.ts';
import { TestEditor, wire } from './test-editor.ts';

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

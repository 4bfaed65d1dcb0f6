import { describe, expect, it } from 'vitest';
import { box } from '../test-editor.ts';
import { oneDisc, open, provenances, signs } from './opened.ts';

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

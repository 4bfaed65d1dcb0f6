import { describe, expect, it } from 'vitest';
import { GAP, gridLayout, scrollShift, tileWidths } from '../../src/features/gallery/grid-layout.ts';

describe('grid layout', () => {
  it('fills the width with whole tiles no narrower than asked', () => {
    for (const width of [320, 1233, 1920, 3840]) {
      tileWidths.forEach((least, density) => {
        const { columns, tileWidth } = gridLayout(width, density);
        expect(columns * tileWidth + (columns - 1) * GAP).toBeLessThanOrEqual(width);
        expect(tileWidth).toBeGreaterThanOrEqual(Math.min(least, width));
      });
    }
  });

  it('gives one column to a narrow page', () => {
    expect(gridLayout(80, 4).columns).toBe(1);
  });

  it('scrolls with the first visible image when rows come in above it', () => {
    const layout = gridLayout(400, 1);
    const before = ['a', 'b', 'c', 'd', 'e', 'f'];
    const news = Array.from({ length: layout.columns * 3 }, (_, i) => `new${i}`);
    expect(scrollShift(before, [...news, ...before], 3, layout)).toBe(3 * layout.rowHeight);
    expect(scrollShift(before, before, 3, layout)).toBe(0);
  });

  it('holds on to the next image when the first visible one is gone', () => {
    const layout = { columns: 1, tileWidth: 100, pictureHeight: 75, rowHeight: 131 };
    expect(scrollShift(['a', 'b', 'c'], ['a', 'c'], 1, layout)).toBe(-131);
    expect(scrollShift(['a'], [], 0, layout)).toBe(0);
  });
});

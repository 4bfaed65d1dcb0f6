import { describe, expect, it } from 'vitest';
import { colorDistance, isColor, nextColor, PALETTE } from '../../src/features/ontology/palette.ts';

describe('class colours', () => {
  it('keeps any two of the 24 apart for every kind of colour vision', () => {
    expect(new Set(PALETTE).size).toBe(24);
    let smallest = Number.POSITIVE_INFINITY;
    PALETTE.forEach((a, i) => {
      for (const b of PALETTE.slice(0, i)) smallest = Math.min(smallest, colorDistance(a, b));
    });
    expect(smallest).toBeGreaterThan(0.065);
  });

  it('measures what a deuteranope sees: red and green of equal lightness are near', () => {
    expect(colorDistance('#d62728', '#d62728')).toBe(0);
    expect(colorDistance('#000000', '#ffffff')).toBeCloseTo(1, 2);
    expect(colorDistance('#2ca02c', '#b5651d')).toBeLessThan(0.1);
  });

  it('offers the palette in order, skipping what is taken whatever its case', () => {
    expect(nextColor([])).toBe(PALETTE[0]);
    expect(nextColor([(PALETTE[0] ?? '').toUpperCase()])).toBe(PALETTE[1]);
  });

  it('generates distinct colours beyond the palette, the same ones each time', () => {
    const run = () => {
      const colors: string[] = [...PALETTE];
      for (let i = 0; i < 30; i++) colors.push(nextColor(colors));
      return colors;
    };
    const colors = run();
    expect(new Set(colors).size).toBe(54);
    expect(colors.every(isColor)).toBe(true);
    expect(run()).toEqual(colors);
  });
});

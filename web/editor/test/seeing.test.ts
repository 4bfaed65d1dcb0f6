import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classColors, colorOf, safeColors } from '../src/render/coloring.ts';
import { colorMatrix, isUntouched, transferTable, untouchedTone } from '../src/render/tone.ts';
import { testOntology, wire } from './test-editor.ts';

describe('Tone', () => {
  it('untouched changes nothing', () => {
    expect(isUntouched({ ...untouchedTone })).toBe(true);
    transferTable(untouchedTone, null).forEach((value, i) => {
      expect(value).toBeCloseTo(i / 63, 9);
    });
    expect(colorMatrix(untouchedTone)).toEqual([1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0]);
  });

  it('stays between black and white, and inverting turns it over', () => {
    const tone = fc.record({
      brightness: fc.double({ min: 0.2, max: 3, noNaN: true }),
      contrast: fc.double({ min: 0.2, max: 3, noNaN: true }),
      gamma: fc.double({ min: 0.3, max: 3, noNaN: true }),
    });
    fc.assert(
      fc.property(tone, (change) => {
        const table = transferTable({ ...untouchedTone, ...change }, null);
        const inverted = transferTable({ ...untouchedTone, ...change, invert: true }, null);
        table.forEach((value, i) => {
          expect(value).toBeGreaterThanOrEqual(table[i - 1] ?? 0);
          expect(value).toBeLessThanOrEqual(1);
          expect(value + (inverted[i] ?? 0)).toBeCloseTo(1, 9);
        });
      }),
    );
  });

  it('equalised gives every lightness the room of its pixels', () => {
    const dark = Array.from({ length: 64 }, (_, i) => (i < 16 ? 1 / 16 : 0));
    const table = transferTable({ ...untouchedTone, equalise: true }, dark);
    expect(table[7]).toBeCloseTo(0.5, 9);
    expect(table[63]).toBeCloseTo(1, 9);
  });

  it('shows one channel as grey, and without saturation the luminance', () => {
    expect(colorMatrix({ ...untouchedTone, channel: 'green' }).slice(0, 5)).toEqual([0, 1, 0, 0, 0]);
    const [r, g, b] = colorMatrix({ ...untouchedTone, saturation: 0 });
    expect([r, g, b]).toEqual([0.2126, 0.7152, 0.0722]);
  });
});

describe('Colours', () => {
  const record = wire('a', { kind: 'tag' });
  const coloring = (by: 'class' | 'instance' | 'annotator' | 'origin') => ({
    by,
    classColors: classColors(testOntology, false),
  });

  it('say what they are asked to say', () => {
    expect(colorOf(record, coloring('class'))).toBe('#3366ff');
    const other = { ...record, id: 'b', classId: 'person' };
    expect(colorOf(record, coloring('instance'))).not.toBe(colorOf(other, coloring('instance')));
    expect(colorOf(record, coloring('annotator'))).toBe(colorOf(other, coloring('annotator')));
    const drawn = { ...record, provenance: { ...record.provenance, origin: 'drawn' as const } };
    expect(colorOf(drawn, coloring('origin'))).not.toBe(colorOf(record, coloring('origin')));
  });

  it('for any eye are those of Okabe and Ito, class by class', () => {
    expect(Object.values(classColors(testOntology, true))).toEqual(safeColors.slice(0, 4));
  });
});

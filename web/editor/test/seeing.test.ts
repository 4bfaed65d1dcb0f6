import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classColors, colorOf, safeColors } from '../src/render/coloring.ts';
import { applyTone, colorMatrix, isUntouched, transferTable, untouchedTone } from '../src/render/tone.ts';
import { testOntology, wire } from './test-editor.ts';

describe('Tone', () => {
  it('untouched changes nothing', () => {
    expect(isUntouched({ ...untouchedTone })).toBe(true);
    transferTable(untouchedTone, null).forEach((value, i) => {
      expect(value).toBeCloseTo(i / 255, 9);
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
    const dark = Array.from({ length: 256 }, (_, i) => (i < 64 ? 1 / 64 : 0));
    const table = transferTable({ ...untouchedTone, equalise: true }, dark);
    expect(table[31]).toBeCloseTo(0.5, 9);
    expect(table[255]).toBeCloseTo(1, 9);
  });

  it('shows one channel as grey, and without saturation the luminance', () => {
    expect(colorMatrix({ ...untouchedTone, channel: 'green' }).slice(0, 5)).toEqual([0, 1, 0, 0, 0]);
    const [r, g, b] = colorMatrix({ ...untouchedTone, saturation: 0 });
    expect([r, g, b]).toEqual([0.2126, 0.7152, 0.0722]);
  });
});

describe('Pixels', () => {
  const pixels = () => Uint8ClampedArray.of(10, 200, 30, 255, 0, 0, 0, 128);

  it.each([
    ['inverted', { invert: true }, [245, 55, 225, 255, 255, 255, 255, 128]],
    ['of the green channel', { channel: 'green' }, [200, 200, 200, 255, 0, 0, 0, 128]],
    ['twice as bright', { brightness: 2 }, [20, 255, 60, 255, 0, 0, 0, 128]],
    ['equalised', { equalise: true }, [128, 255, 128, 255, 128, 128, 128, 128]],
  ] as const)('%s, their opacity as it was', (_, change, expected) => {
    const changed = pixels();
    applyTone(changed, { ...untouchedTone, ...change });
    expect([...changed]).toEqual(expected);
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

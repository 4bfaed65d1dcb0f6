import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { common, complement, difference, unionOf, without } from '../src/masks/algebra.ts';
import { enclosedAt, partAt, partsOf } from '../src/masks/components.ts';
import { contoursOf } from '../src/masks/contours.ts';
import { maskOfPolygon } from '../src/masks/rasterize.ts';
import { bitmapOfMask, hasPixel, maskOfBitmap, maskOfBox, pixelCount, tight } from '../src/masks/runs.ts';
import { type Dab, TileBitmap } from '../src/masks/tile-bitmap.ts';
import type { MaskShape, PolygonShape } from '../src/model/annotation.ts';

type Art = readonly string[];
type Vectors = {
  readonly algebra: readonly {
    readonly name: string;
    readonly a: Art;
    readonly b: Art;
    readonly union: Art;
    readonly intersection: Art;
    readonly subtraction: Art;
    readonly difference: Art;
  }[];
  readonly contours: readonly { readonly name: string; readonly mask: Art; readonly polygon: PolygonShape }[];
  readonly rasters: readonly {
    readonly name: string;
    readonly width: number;
    readonly height: number;
    readonly polygon: PolygonShape;
    readonly mask: Art;
  }[];
};

const file = new URL('../../../testdata/vectors/masks.json', import.meta.url);
const vectors: Vectors = JSON.parse(readFileSync(file, 'utf8'));

/** The pixels that are `#`. */
function drawn(art: Art): MaskShape | null {
  const bitmap = Uint8Array.from([...art.join('')].map((c) => (c === '#' ? 1 : 0)));
  return maskOfBitmap(bitmap, { x: 0, y: 0, width: art[0]?.length ?? 0, height: art.length });
}

const nothing: MaskShape = { kind: 'mask', x: 0, y: 0, width: 0, height: 0, runs: [] };

describe('Masks agree with the server', () => {
  it.each(vectors.algebra)('combined: $name', (v) => {
    const [a, b] = [drawn(v.a) ?? nothing, drawn(v.b) ?? nothing];
    expect(unionOf([a, b])).toEqual(drawn(v.union));
    expect(common(a, b)).toEqual(drawn(v.intersection));
    expect(without(a, b)).toEqual(drawn(v.subtraction));
    expect(difference(a, b)).toEqual(drawn(v.difference));
  });

  it.each(vectors.contours)('outlined: $name', ({ mask, polygon }) => {
    expect(contoursOf(drawn(mask) ?? nothing)).toEqual(polygon);
  });

  it.each(vectors.rasters)('filled: $name', ({ width, height, polygon, mask }) => {
    expect(maskOfPolygon(polygon, { width, height })).toEqual(drawn(mask));
  });
});

const side = 12;
const frame = { x: -3, y: 2, width: side, height: side };
/** Any set of pixels of the frame, in a box that may be larger than it needs, with runs of 0. */
const masks = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 40 }).map((given): MaskShape => {
  const runs: number[] = [];
  let left = side * side;
  for (const run of given) {
    runs.push(Math.min(run, left));
    left -= Math.min(run, left);
  }
  if (left > 0) runs.push(left);
  return { kind: 'mask', ...frame, runs };
});

const bitsOf = (mask: MaskShape | null) => bitmapOfMask(mask ?? nothing, frame);
const zipped = (a: MaskShape, b: MaskShape, combine: (a: number, b: number) => number) => {
  const [x, y] = [bitsOf(a), bitsOf(b)];
  return x.map((value, i) => combine(value, y[i] ?? 0));
};

describe('Masks', () => {
  it('combine pixel by pixel', () => {
    fc.assert(
      fc.property(masks, masks, (a, b) => {
        expect(bitsOf(unionOf([a, b]))).toEqual(zipped(a, b, (p, q) => p | q));
        expect(bitsOf(common(a, b))).toEqual(zipped(a, b, (p, q) => p & q));
        expect(bitsOf(without(a, b))).toEqual(zipped(a, b, (p, q) => p & (1 - q)));
        expect(bitsOf(difference(a, b))).toEqual(zipped(a, b, (p, q) => p ^ q));
        expect(bitsOf(complement(a, frame))).toEqual(bitsOf(a).map((p) => 1 - p));
      }),
    );
  });

  it('combine with what lies well inside of them, whose rows alone are changed', () => {
    const corners = unionOf([
      maskOfBox({ x: frame.x, y: frame.y, width: 1, height: 1 }),
      maskOfBox({ x: frame.x + side - 1, y: frame.y + side - 1, width: 1, height: 1 }),
    ]) as MaskShape;
    const inner = maskOfBox({ x: frame.x + 1, y: frame.y + 1, width: side - 2, height: side - 2 });
    fc.assert(
      fc.property(masks, masks, (mask, other) => {
        const a = unionOf([mask, corners]) as MaskShape;
        const b = common(other, inner);
        if (b === null) return;
        const [more, less] = [unionOf([a, b]) as MaskShape, without(a, b) as MaskShape];
        expect(bitsOf(more)).toEqual(zipped(a, b, (p, q) => p | q));
        expect(bitsOf(less)).toEqual(zipped(a, b, (p, q) => p & (1 - q)));
        for (const result of [more, less]) {
          expect(tight({ ...result })).toEqual(result);
          expect(difference(a, result)).toEqual(
            maskOfBitmap(
              zipped(a, result, (p, q) => p ^ q),
              frame,
            ),
          );
        }
      }),
    );
  });

  it('differ at their end where one ends inside and the other outside, after runs that are equally long', () => {
    const [a, b] = [drawn(['#..', '..#']), drawn(['###', '##.'])] as [MaskShape, MaskShape];
    expect(difference(a, b)).toEqual(drawn(['.##', '###']));
    expect(difference(a, difference(a, b) ?? a)).toEqual(b);
  });

  it('come back from what a small change of runs made of them', () => {
    const small = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 9, maxLength: 30 });
    const dense = small.map((runs): MaskShape => {
      const length = runs.reduce((sum, run) => sum + run, 0);
      return {
        kind: 'mask',
        x: 0,
        y: 0,
        width: 3,
        height: Math.ceil(length / 3),
        runs: [...runs, (3 - (length % 3)) % 3],
      };
    });
    fc.assert(
      fc.property(dense, dense, (a, b) => {
        const changed = difference(a, b);
        expect(changed === null ? tight(a) : difference(a, changed)).toEqual(tight(b));
      }),
      { numRuns: 500 },
    );
  });

  it('have one tight form, which holds what they hold', () => {
    fc.assert(
      fc.property(masks, (mask) => {
        const one = tight(mask);
        expect(bitsOf(one)).toEqual(bitsOf(mask));
        expect(maskOfBitmap(bitsOf(mask), frame)).toEqual(one);
        expect(one === null || tight(one) === one).toBe(true);
        expect(pixelCount(mask)).toBe(bitsOf(mask).reduce((sum, p) => sum + p, 0));
        expect(hasPixel(mask, 0, 5)).toBe(bitsOf(mask)[3 * side + 3] === 1);
      }),
    );
  });

  it('come back from their outlines', () => {
    fc.assert(
      fc.property(masks, fc.constantFrom(4 as const, 8 as const), (mask, connectivity) => {
        const moved = tight({ ...mask, x: 3 });
        const outlines = moved === null ? null : contoursOf(moved, connectivity);
        expect(outlines === null ? null : maskOfPolygon(outlines, { width: 40, height: 40 })).toEqual(moved);
      }),
    );
  });

  it('fall into parts that are apart and make up the whole', () => {
    fc.assert(
      fc.property(masks, fc.constantFrom(4 as const, 8 as const), (mask, connectivity) => {
        const parts = partsOf(mask, connectivity);
        expect(unionOf(parts)).toEqual(tight(mask));
        expect(parts.reduce((sum, part) => sum + pixelCount(part), 0)).toBe(pixelCount(mask));
        // The tracer counts them another way: by their outer rings.
        expect(parts.length).toBe(contoursOf(mask, connectivity)?.parts.length ?? 0);
        for (const part of parts) {
          const x = part.x + (part.runs[0] as number);
          expect(partAt(mask, x, part.y, connectivity)).toEqual(part);
        }
      }),
    );
  });

  it('enclose their holes and nothing else', () => {
    fc.assert(
      fc.property(masks, fc.nat(side - 1), fc.nat(side - 1), (mask, column, row) => {
        const [x, y] = [frame.x + column, frame.y + row];
        const hole = enclosedAt(mask, x, y);
        const holes = (contoursOf(mask)?.parts ?? []).flatMap((part) => part.holes);
        const inHole = holes
          .map((ring) => maskOfPolygon({ kind: 'polygon', parts: [{ outer: shifted(ring), holes: [] }] }, large))
          .some((area) => area !== null && hasPixel(area, x + 20, y + 20));
        expect(hole !== null).toBe(inHole && !hasPixel(mask, x, y));
        if (hole !== null) expect(enclosedAt(unionOf([mask, hole]) ?? mask, x, y)).toBeNull();
      }),
    );
  });
});

const large = { width: 60, height: 60 };
const shifted = (ring: readonly number[]) => ring.map((value) => value + 20);

describe('A brush', () => {
  const image = { width: 600, height: 520 };
  const dabs = fc.record({
    at: fc.record({
      x: fc.double({ min: -20, max: 620, noNaN: true }),
      y: fc.double({ min: -20, max: 540, noNaN: true }),
    }),
    radius: fc.double({ min: 0.5, max: 40, noNaN: true }),
  });

  it('covers what is near its way, to a hair, over tiles and borders', () => {
    fc.assert(
      fc.property(dabs, dabs, (from, { at }) => {
        const to: Dab = { at, radius: from.radius };
        const painted = new TileBitmap(image);
        painted.paint(from, to);
        const mask = painted.toMask();
        const bits = bitmapOfMask(mask ?? nothing, { x: 0, y: 0, ...image });
        for (let row = 0; row < image.height; row += 3) {
          for (let column = 0; column < image.width; column += 3) {
            const distance = distanceTo(column + 0.5, row + 0.5, from.at, to.at);
            const isEnd = [from, to].some(({ at: p }) => Math.floor(p.x) === column && Math.floor(p.y) === row);
            if (Math.abs(distance - from.radius) < 1e-6 || isEnd) continue;
            if ((bits[row * image.width + column] === 1) !== distance < from.radius)
              throw new Error(`${column}, ${row}: ${distance}`);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('gives the pixels of all its tiles, gaps and all', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(dabs, dabs), { maxLength: 8 }), (ways) => {
        const painted = new TileBitmap(image);
        for (const [from, to] of ways) painted.paint(from, to);
        const bits = bitmapOfMask(painted.toMask() ?? nothing, { x: 0, y: 0, ...image });
        for (let row = 0; row < image.height; row++) {
          for (let column = 0; column < image.width; column++) {
            const tile = painted.tile(column >> 8, row >> 8);
            if (bits[row * image.width + column] !== (tile?.[(row & 255) * 256 + (column & 255)] ?? 0))
              throw new Error(`${column}, ${row}`);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('of one pixel leaves no gap', () => {
    fc.assert(
      fc.property(dabs, dabs, (from, to) => {
        const painted = new TileBitmap(image);
        painted.paint({ at: from.at, radius: 0.5 }, { at: to.at, radius: 0.5 });
        expect(painted.toMask() === null ? 0 : partsOf(painted.toMask() as MaskShape).length).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('tells which boxes it has touched', () => {
    fc.assert(
      fc.property(dabs, dabs, (from, to) => {
        const painted = new TileBitmap(image);
        painted.paint(from, to);
        const mask = painted.toMask();
        const [box] = painted.changes;
        if (mask === null || box === undefined) {
          expect([mask, box]).toEqual([null, undefined]);
          return;
        }
        expect([mask.x, mask.y, mask.x + mask.width]).toEqual([box.left, expect.any(Number), box.right]);
        expect(mask.y).toBeGreaterThanOrEqual(box.top);
        expect(mask.y + mask.height).toBeLessThanOrEqual(box.bottom);
      }),
    );
  });
});

function distanceTo(x: number, y: number, a: { x: number; y: number }, b: { x: number; y: number }): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const square = dx * dx + dy * dy;
  const t = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / square));
  return Math.hypot(x - a.x - t * dx, y - a.y - t * dy);
}

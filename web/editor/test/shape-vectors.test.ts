import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { areaOf, boundsOf, contains } from '../src/geometry/outline.ts';
import { simplified } from '../src/geometry/simplifying.ts';
import { imagePoint } from '../src/geometry/spaces.ts';
import type { Shape } from '../src/model/annotation.ts';

type ShapeVector = {
  readonly name: string;
  readonly shape: Shape;
  readonly bounds: readonly [number, number, number, number] | null;
  readonly area: number;
  readonly inside: readonly (readonly [number, number])[];
  readonly outside: readonly (readonly [number, number])[];
};

const file = new URL('../../../testdata/vectors/shapes.json', import.meta.url);
const vectors: readonly ShapeVector[] = JSON.parse(readFileSync(file, 'utf8')).shapes;

/** For picking, the editor takes the bounds where it has no cheap area. */
const areaOfBounds: readonly Shape['kind'][] = ['mask', 'keypoints'];

describe('geometry agrees with the server', () => {
  it.each(vectors)('$name', ({ shape, bounds, area, inside, outside }) => {
    const found = boundsOf(shape);
    if (bounds === null || found === null) {
      expect(found).toBe(bounds);
    } else {
      const [x, y, width, height] = bounds;
      expect([found.left, found.top, found.right - found.left, found.bottom - found.top]).toEqual(
        [x, y, width, height].map((value) => expect.closeTo(value, 9)),
      );
    }
    if (!areaOfBounds.includes(shape.kind)) expect(areaOf(shape)).toBeCloseTo(area, 9);
    for (const [x, y] of inside) expect(contains(shape, imagePoint(x, y))).toBe(true);
    for (const [x, y] of outside) expect(contains(shape, imagePoint(x, y))).toBe(false);
  });
});

type SimplificationVector = {
  readonly name: string;
  readonly shape: Shape;
  readonly tolerance: number;
  readonly simplified: Shape;
};

const simplifications = new URL('../../../testdata/vectors/simplification.json', import.meta.url);
const cases: readonly SimplificationVector[] = JSON.parse(readFileSync(simplifications, 'utf8')).cases;

describe('simplifying agrees with the server', () => {
  it.each(cases)('$name', ({ shape, tolerance, simplified: expected }) => {
    expect(simplified(shape, tolerance)).toEqual(expected);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { converted } from '../src/geometry/converting.ts';
import { convexHull, leastRectangle } from '../src/geometry/hull.ts';
import { areaOf, contains } from '../src/geometry/outline.ts';
import { ringArea, ringContains } from '../src/geometry/polygon.ts';
import { asPolygon, cut, intersected, subtracted, united } from '../src/geometry/polygon-algebra.ts';
import { simplified, smoothed } from '../src/geometry/simplifying.ts';
import { verticesBetween } from '../src/geometry/snapping.ts';
import type { PolygonShape } from '../src/model/annotation.ts';

/** A star-shaped ring does not cross itself. */
const star = fc
  .tuple(
    fc.integer({ min: 20, max: 80 }),
    fc.integer({ min: 20, max: 80 }),
    fc.array(fc.integer({ min: 5, max: 40 }), { minLength: 3, maxLength: 12 }),
  )
  .map(([cx, cy, radii]): PolygonShape => {
    const outer = radii.flatMap((r, i) => {
      const angle = (2 * Math.PI * i) / radii.length;
      return [cx + r * Math.cos(angle), cy + r * Math.sin(angle)];
    });
    return { kind: 'polygon', parts: [{ outer, holes: [] }] };
  });

const area = (polygon: PolygonShape | null) => (polygon === null ? 0 : areaOf(polygon));

describe('Polygon algebra', () => {
  it('adds up: union and intersection have the areas of both, what is subtracted is what they share', () => {
    fc.assert(
      fc.property(star, star, (a, b) => {
        const shared = area(intersected([a, b]));
        expect(area(united([a, b])) + shared).toBeCloseTo(area(a) + area(b), 4);
        expect(area(subtracted(a, [b])) + shared).toBeCloseTo(area(a), 4);
      }),
    );
  });

  it('cuts without loss: the pieces cover the polygon, the largest first', () => {
    const line = fc
      .array(fc.integer({ min: 0, max: 100 }), { minLength: 4, maxLength: 8 })
      .map((l) => l.slice(0, l.length & ~1));
    fc.assert(
      fc.property(star, line, (polygon, points) => {
        const areas = cut(polygon, points).map(area);
        expect(areas.reduce((sum, a) => sum + a, 0)).toBeCloseTo(area(polygon), 4);
        expect(areas).toEqual([...areas].sort((a, b) => b - a));
      }),
    );
  });

  it('cuts where the exact sweep of the library loses its way', () => {
    const outer = [
      57, 65, 48.666324189454805, 76.35345716656755, 40.969960312045274, 86.83116788850845, 29.00759226417401,
      78.85750018633306, 21.177088990820724, 76.33624361531388, -4.5012400237364005, 75.4241046031329,
      -4.501240023736408, 54.57589539686711, 10.699317247696158, 41.571763195017994, 29.861481293813718,
      57.08142846495254, 46.78577049407167, 30.4339841765283, 41.93629592680536, 57.97166937307723,
    ];
    const polygon: PolygonShape = { kind: 'polygon', parts: [{ outer, holes: [] }] };
    const areas = cut(polygon, [20, 71, 5, 70]).map(area);
    expect(areas.length).toBe(2);
    expect(areas.reduce((sum, a) => sum + a, 0)).toBeCloseTo(area(polygon), 3);
  });

  it('cuts a square in two along its middle', () => {
    const square: PolygonShape = { kind: 'polygon', parts: [{ outer: [0, 0, 10, 0, 10, 10, 0, 10], holes: [] }] };
    expect(cut(square, [5, 2, 5, 8]).map(area)).toEqual([50, 50]);
    expect(cut(square, [20, 0, 20, 10])).toEqual([square]);
    expect(cut(square, [5, 5, 5, 5])).toEqual([square]);
  });

  it('makes polygons of boxes and ellipses, not of points', () => {
    expect(area(asPolygon({ kind: 'ellipse', cx: 5, cy: 5, rx: 2, ry: 1, angle: 1 }))).toBeCloseTo(2 * Math.PI, 1);
    expect(asPolygon({ kind: 'point', x: 1, y: 1 })).toBeNull();
  });
});

describe('Simplifying', () => {
  it('keeps at least a triangle, only vertices that were there, and all of them at tolerance 0', () => {
    fc.assert(
      fc.property(star, fc.double({ min: 0, max: 50, noNaN: true }), (polygon, tolerance) => {
        const before = polygon.parts[0]?.outer ?? [];
        const shape = simplified(polygon, tolerance);
        const after = shape.kind === 'polygon' ? (shape.parts[0]?.outer ?? []) : [];
        expect(after.length).toBeGreaterThanOrEqual(6);
        expect(after.length).toBeLessThanOrEqual(before.length);
        for (let i = 0; i < after.length; i += 2) expect(before).toContain(after[i]);
      }),
    );
  });

  it('leaves out what lies on the edge and keeps what stands out', () => {
    const line = { kind: 'polyline', points: [0, 0, 5, 0.4, 10, 0, 15, 3, 20, 0] } as const;
    expect(simplified(line, 0.5)).toEqual({ kind: 'polyline', points: [0, 0, 10, 0, 15, 3, 20, 0] });
  });

  it('smooths corners without moving the ends of a line', () => {
    const line = { kind: 'polyline', points: [0, 0, 4, 0, 4, 4] } as const;
    expect(smoothed(line)).toEqual({ kind: 'polyline', points: [0, 0, 1, 0, 3, 0, 4, 1, 4, 3, 4, 4] });
  });
});

describe('Hull and least rectangle', () => {
  it('hold every point, and the rectangle is no larger than any box around', () => {
    fc.assert(
      fc.property(star, (polygon) => {
        const points = polygon.parts[0]?.outer ?? [];
        const hull = convexHull(points);
        const frame = leastRectangle(points);
        if (frame === null) return;
        const grown = { kind: 'rotatedBox', ...frame, width: frame.width + 1e-6, height: frame.height + 1e-6 } as const;
        for (let i = 0; i < points.length; i += 2) {
          const p = { x: points[i] ?? 0, y: points[i + 1] ?? 0 };
          expect(contains(grown, p)).toBe(true);
        }
        const box = converted(polygon, 'box', { width: 100, height: 100 });
        expect(frame.width * frame.height).toBeLessThanOrEqual((box === null ? 0 : areaOf(box)) + 1e-6);
        expect(ringArea(hull)).toBeLessThanOrEqual(frame.width * frame.height + 1e-6);
        expect(ringContains(hull, { x: frame.cx, y: frame.cy })).toBe(true);
      }),
    );
  });
});

describe('Following an outline', () => {
  const ring = [0, 0, 10, 0, 10, 10, 0, 10];

  it('takes the shorter way round, or the longer one when wished', () => {
    expect(verticesBetween(ring, true, 0.5, 1.5, false)).toEqual([10, 0]);
    expect(verticesBetween(ring, true, 1.5, 0.5, false)).toEqual([10, 0]);
    expect(verticesBetween(ring, true, 0.5, 1.5, true)).toEqual([0, 0, 0, 10, 10, 10]);
    expect(verticesBetween(ring, true, 3.5, 0.5, false)).toEqual([0, 0]);
    expect(verticesBetween(ring, false, 2.5, 0, false)).toEqual([10, 10, 10, 0]);
  });
});

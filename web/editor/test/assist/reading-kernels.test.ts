import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { edgeMap } from '../../src/assist/edge-map.ts';
import { flooded, floodLevels } from '../../src/assist/flood.ts';
import { toLab } from '../../src/assist/lab.ts';
import { levelSize, windowBox, windowFor } from '../../src/assist/raster.ts';
import { withoutSpecks } from '../../src/assist/specks.ts';
import { pathToSeed, wirePaths } from '../../src/assist/wire-paths.ts';
import { disc, iou, linearCongruential, type Rgb, ring, scene } from './scenes.ts';

const red: Rgb = [190, 50, 50];
const green: Rgb = [70, 120, 80];

describe('Colours in L*a*b*', () => {
  it.each([
    ['white', [255, 255, 255], [100, 0, 0]],
    ['black', [0, 0, 0], [0, 0, 0]],
    // colormath 3.0, sRGB to Lab, D65, 2°
    ['red', [255, 0, 0], [53.24, 80.09, 67.2]],
    ['blue', [0, 0, 255], [32.3, 79.19, -107.86]],
    ['grey', [119, 119, 119], [50.03, 0, 0]],
  ] as const)('%s is where CIE puts it', (_, rgb, lab) => {
    const found = toLab({ width: 1, height: 1, data: Uint8ClampedArray.from([...rgb, 255]) });
    for (const [c, value] of lab.entries()) expect(found[c]).toBeCloseTo(value, 0);
  });
});

describe('A window of the picture', () => {
  it('covers the box within the picture with at most so many pixels, at the finest level that allows it', () => {
    fc.assert(
      fc.property(
        fc.record({ width: fc.integer({ min: 1, max: 6000 }), height: fc.integer({ min: 1, max: 6000 }) }),
        fc.tuple(fc.double({ min: -0.2, max: 1, noNaN: true }), fc.double({ min: -0.2, max: 1, noNaN: true })),
        fc.tuple(fc.double({ min: 0, max: 1.2, noNaN: true }), fc.double({ min: 0, max: 1.2, noNaN: true })),
        (image, [x, y], [w, h]) => {
          const box = {
            left: x * image.width,
            top: y * image.height,
            right: (x + w) * image.width,
            bottom: (y + h) * image.height,
          };
          const window = windowFor({ image, pixels: image }, box, 10_000);
          expect(window.width * window.height).toBeLessThanOrEqual(10_000);
          expect(Math.min(window.width, window.height)).toBeGreaterThan(0);
          const seen = windowBox(window);
          const inside = (value: number, most: number) => Math.min(most, Math.max(0, value));
          expect(seen.left).toBeLessThanOrEqual(inside(box.left, image.width - 1) + 1e-9);
          expect(seen.bottom).toBeGreaterThanOrEqual(inside(box.bottom, image.height) - 1e-9);
          const level = Math.round(Math.log2(window.sx));
          expect(window.x + window.width).toBeLessThanOrEqual(levelSize(image, level).width);
        },
      ),
    );
  });
});

describe('Flood', () => {
  it('finds a noisy disc from any place in it', () => {
    const { raster, truth } = scene({ width: 160, height: 120 }, disc(80, 60, 40, red, green), 16);
    const lab = toLab(raster);
    for (const [x, y] of [
      [80, 60],
      [50, 60],
      [80, 95],
    ] as const) {
      const found = withoutSpecks(flooded(floodLevels(lab, raster, y * 160 + x), raster, 20), 12);
      expect(iou(found, truth)).toBeGreaterThan(0.96);
    }
  });

  it('stops at the edge of what is connected', () => {
    const twice = (x: number, y: number) => {
      const inside = Math.hypot(x - 40, y - 40) < 20;
      return { color: inside || Math.hypot(x - 120, y - 40) < 20 ? red : green, inside };
    };
    const { raster, truth } = scene({ width: 160, height: 80 }, twice);
    expect(iou(flooded(floodLevels(toLab(raster), raster, 40 * 160 + 40), raster, 10), truth)).toBe(1);
  });

  it('keeps a hole', () => {
    const { raster, truth } = scene({ width: 120, height: 120 }, ring(60, 60, 45, 20, red, green), 8);
    const levels = floodLevels(toLab(raster), raster, 60 * 120 + 25);
    expect(iou(withoutSpecks(flooded(levels, raster, 20), 12), truth)).toBeGreaterThan(0.95);
  });

  it('of each tolerance is what a plain flood reaches, and holds that of every smaller one', () => {
    const random = linearCongruential(3);
    const size = { width: 24, height: 18 };
    const lab = Float32Array.from({ length: 3 * 24 * 18 }, () => 60 * random());
    const seed = 9 * 24 + 12;
    const levels = floodLevels(lab, size, seed);
    let before = new Uint8Array(levels.length);
    for (let tolerance = 0; tolerance < 40; tolerance++) {
      const region = flooded(levels, size, tolerance).data;
      expect(region.every((value, i) => value >= (before[i] as number))).toBe(true);
      // Every reached pixel but the seed has a reached neighbour, and what borders on the region is farther away.
      const reach = new Set([seed]);
      for (const i of reach) {
        for (const j of [i % 24 > 0 ? i - 1 : -1, i % 24 < 23 ? i + 1 : -1, i - 24, i + 24]) {
          if (j >= 0 && j < region.length && region[j] === 1) reach.add(j);
        }
      }
      expect(region[seed]).toBe(1);
      expect(reach.size).toBe(region.reduce((sum, value) => sum + value, 0));
      before = region.slice();
    }
  });
});

describe('Ways along edges', () => {
  const { raster, truth } = scene({ width: 140, height: 120 }, disc(70, 60, 40, red, green), 10);
  const map = edgeMap(raster);

  it('go round a disc between four corners on it', () => {
    const corners = [0, 1, 2, 3].map((k) => {
      const angle = (k * Math.PI) / 2 + 0.3;
      return Math.floor(60 + 40 * Math.sin(angle)) * 140 + Math.floor(70 + 40 * Math.cos(angle));
    });
    corners.forEach((corner, k) => {
      const path = pathToSeed(wirePaths(map, corner), corners[(k + 1) % 4] as number);
      const off = path.map((i) => Math.abs(Math.hypot((i % 140) + 0.5 - 70, Math.floor(i / 140) + 0.5 - 60) - 40));
      expect(Math.max(...off)).toBeLessThan(3);
      expect(path.length).toBeGreaterThan(50);
    });
    expect(truth.data[60 * 140 + 70]).toBe(1);
  });

  it('lead from every pixel to the seed, step by step', () => {
    const seed = 17 * 140 + 33;
    const paths = wirePaths(map, seed);
    for (const from of [0, 139, 119 * 140, 119 * 140 + 139, 60 * 140 + 70]) {
      const path = pathToSeed(paths, from);
      expect(path.at(-1)).toBe(seed);
      for (let i = 1; i < path.length; i++) {
        const [a, b] = [path[i - 1] as number, path[i] as number];
        expect(Math.max(Math.abs((a % 140) - (b % 140)), Math.abs(Math.floor(a / 140) - Math.floor(b / 140)))).toBe(1);
      }
    }
  });

  it('are straight where there is no edge', () => {
    const even = edgeMap(scene({ width: 50, height: 40 }, () => ({ color: green, inside: false })).raster);
    expect(pathToSeed(wirePaths(even, 20 * 50 + 5), 20 * 50 + 44)).toHaveLength(40);
  });

  it('work on pictures of one pixel and one row', () => {
    for (const size of [
      { width: 1, height: 1 },
      { width: 7, height: 1 },
      { width: 1, height: 7 },
    ]) {
      const map = edgeMap(scene(size, () => ({ color: red, inside: true })).raster);
      expect(pathToSeed(wirePaths(map, 0), size.width * size.height - 1)).toHaveLength(size.width * size.height);
    }
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { colorMixture, unlikeliness } from '../../src/assist/color-mixture.ts';
import { edgeMap } from '../../src/assist/edge-map.ts';
import { flooded, floodLevels } from '../../src/assist/flood.ts';
import { grabCut, known } from '../../src/assist/grab-cut.ts';
import { toLab } from '../../src/assist/lab.ts';
import { MaxFlow } from '../../src/assist/max-flow.ts';
import { levelSize, windowBox, windowFor } from '../../src/assist/raster.ts';
import { withoutSpecks } from '../../src/assist/specks.ts';
import { superpixels } from '../../src/assist/superpixels.ts';
import { pathToSeed, wirePaths } from '../../src/assist/wire-paths.ts';
import { blob, disc, iou, linearCongruential, type Rgb, ring, scene, texturedSquare } from './scenes.ts';

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

describe('The cheapest cut', () => {
  it('costs as much as the best of all ways to divide small graphs', () => {
    const weight = fc.integer({ min: 0, max: 9 });
    const graphs = fc.integer({ min: 1, max: 7 }).chain((nodes) =>
      fc.record({
        terminals: fc.array(fc.tuple(weight, weight), { minLength: nodes, maxLength: nodes }),
        edges: fc.array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1), weight), { maxLength: 16 }),
      }),
    );
    fc.assert(
      fc.property(graphs, ({ terminals, edges }) => {
        const links = edges.filter(([a, b]) => a !== b);
        const cost = (isSource: (node: number) => boolean) =>
          terminals.reduce((sum, [source, sink], i) => sum + (isSource(i) ? sink : source), 0) +
          links.reduce((sum, [a, b, capacity]) => sum + (isSource(a) === isSource(b) ? 0 : capacity), 0);
        const flow = new MaxFlow(terminals.length, links.length);
        for (const [i, [source, sink]] of terminals.entries()) flow.addTerminal(i, source, sink);
        for (const [a, b, capacity] of links) flow.addEdge(a, b, capacity);
        flow.run();
        const all = Array.from({ length: 2 ** terminals.length }, (_, mask) => cost((i) => ((mask >> i) & 1) === 1));
        expect(cost((i) => flow.isSource(i))).toBe(Math.min(...all));
      }),
      { numRuns: 500 },
    );
  });
});

describe('A mixture of colours', () => {
  it('finds its own colours likelier than others, and is the same each time', () => {
    const random = linearCongruential(1);
    const near = ([r, g, b]: Rgb) => [r, g, b].map((value) => value + 12 * (random() - 0.5));
    const colors = Array.from({ length: 400 }, (_, i) => near(i % 2 === 0 ? red : green)).flat();
    const mixture = colorMixture(colors);
    expect(colorMixture(colors)).toEqual(mixture);
    for (const own of [red, green])
      expect(unlikeliness(mixture, ...own)).toBeLessThan(unlikeliness(mixture, 40, 40, 160));
  });

  it('of one colour, or of none, does not break', () => {
    expect(colorMixture([])).toEqual([]);
    expect(unlikeliness(colorMixture([5, 5, 5, 5, 5, 5]), 5, 5, 5)).toBeLessThan(100);
  });
});

describe('GrabCut', () => {
  const within = (width: number, height: number, margin: number) =>
    Uint8Array.from({ length: width * height }, (_, i) => {
      const [x, y] = [i % width, Math.floor(i / width)];
      const inside = x >= margin && y >= margin && x < width - margin && y < height - margin;
      return inside ? known.maybeObject : known.background;
    });

  it.each([
    ['a noisy disc', disc(60, 50, 30, red, green), 30, 0.97],
    ['a textured square', texturedSquare(30, 25, 50), 10, 0.95],
    ['a noisy blob with shading', blob(60, 50, 28, [150, 140, 60], [70, 90, 130]), 40, 0.94],
  ] as const)('finds %s', (_, paint, noise, least) => {
    const { raster, truth } = scene({ width: 120, height: 100 }, paint, noise);
    const cut = grabCut(raster, within(120, 100, 8), 3);
    expect(cut === null ? 0 : iou(cut.region, truth)).toBeGreaterThan(least);
  });

  it('leaves what is certain as it is', () => {
    const { raster } = scene({ width: 60, height: 60 }, disc(30, 30, 15, red, green));
    const trimap = within(60, 60, 4);
    trimap[30 * 60 + 30] = known.background;
    trimap[2 * 60 + 2] = known.object;
    const region = grabCut(raster, trimap, 2)?.region.data;
    expect([region?.[30 * 60 + 30], region?.[2 * 60 + 2]]).toEqual([0, 1]);
  });

  it('says when there is nothing to tell apart', () => {
    const { raster } = scene({ width: 9, height: 9 }, () => ({ color: red, inside: true }));
    expect(grabCut(raster, new Uint8Array(81).fill(known.maybeObject), 2)).toBeNull();
  });
});

describe('Superpixels', () => {
  const { raster, truth } = scene({ width: 160, height: 120 }, blob(80, 60, 36, red, green), 10);
  const cells = superpixels(toLab(raster), raster, 10);

  it('keep to the edges: cells mostly inside the object are the object', () => {
    const inside = new Int32Array(cells.count);
    const all = new Int32Array(cells.count);
    cells.labels.forEach((cell, i) => {
      all[cell] = (all[cell] as number) + 1;
      inside[cell] = (inside[cell] as number) + (truth.data[i] as number);
    });
    const data = Uint8Array.from(cells.labels, (cell) =>
      2 * (inside[cell] as number) > (all[cell] as number) ? 1 : 0,
    );
    expect(iou({ ...truth, data }, truth)).toBeGreaterThan(0.95);
  });

  it('are connected, number every pixel, and are about as many as asked for', () => {
    expect(cells.count).toBeGreaterThan(80);
    expect(cells.count).toBeLessThan(320);
    const firsts = new Map<number, number>();
    cells.labels.forEach((cell, i) => {
      if (!firsts.has(cell)) firsts.set(cell, i);
    });
    expect([...firsts.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: cells.count }, (_, k) => k));
    const reached = new Set<number>();
    for (const [cell, first] of firsts) {
      const members = new Set([first]);
      for (const i of members) {
        reached.add(i);
        const x = i % 160;
        for (const j of [x > 0 ? i - 1 : -1, x < 159 ? i + 1 : -1, i - 160, i + 160]) {
          if (cells.labels[j] === cell) members.add(j);
        }
      }
    }
    expect(reached.size).toBe(160 * 120);
  });
});

describe('Specks', () => {
  it('and small holes go, large ones and what is open at the border stay', () => {
    const rows = [
      '..........',
      '.####.....',
      '.#.##..#..',
      '.####.....',
      '.........#',
      '.######...',
      '.#....#...',
      '.#....#...',
      '.######...',
      '..........',
    ];
    const data = Uint8Array.from(rows.join(''), (sign) => (sign === '#' ? 1 : 0));
    const cleaned = withoutSpecks({ width: 10, height: 10, data }, 3).data;
    const text = rows.map((_, y) =>
      [...cleaned.subarray(10 * y, 10 * y + 10)].map((v) => (v === 1 ? '#' : '.')).join(''),
    );
    expect(text).toEqual([
      '..........',
      '.####.....',
      '.####.....',
      '.####.....',
      '..........',
      '.######...',
      '.#....#...',
      '.#....#...',
      '.######...',
      '..........',
    ]);
  });
});

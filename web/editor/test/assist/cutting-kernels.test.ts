import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { colorMixture, unlikeliness } from '../../src/assist/color-mixture.ts';
import { grabCut, known } from '../../src/assist/grab-cut.ts';
import { toLab } from '../../src/assist/lab.ts';
import { MaxFlow } from '../../src/assist/max-flow.ts';
import { withoutSpecks } from '../../src/assist/specks.ts';
import { superpixels } from '../../src/assist/superpixels.ts';
import { blob, disc, iou, linearCongruential, type Rgb, scene, texturedSquare } from './scenes.ts';

const red: Rgb = [190, 50, 50];
const green: Rgb = [70, 120, 80];

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

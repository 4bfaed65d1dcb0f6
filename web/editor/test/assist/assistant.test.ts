import { describe, expect, it } from 'vitest';
import { Assistant } from '../../src/assist/assistant.ts';
import type { AssistAnswers, AssistKind, AssistRequests } from '../../src/assist/protocol.ts';
import { warmUp } from '../../src/assist/warming-up.ts';
import type { PolygonShape } from '../../src/model/annotation.ts';
import {
  blob,
  disc,
  iou,
  type Painter,
  RasterPicture,
  type Rgb,
  regionOf,
  ring,
  scene,
  texturedSquare,
} from './scenes.ts';

const red: Rgb = [190, 50, 50];
const green: Rgb = [70, 120, 80];

function asking(paint: Painter, size = { width: 400, height: 300 }, noise = 16) {
  const { raster, truth } = scene(size, paint, noise);
  const picture = new RasterPicture(raster);
  const assistant = new Assistant(picture);
  const ask = <K extends AssistKind>(kind: K, content: AssistRequests[K]) =>
    assistant.answer(kind, content) as AssistAnswers[K];
  return { ask, truth, picture, whole: { left: 0, top: 0, right: size.width, bottom: size.height } };
}

const wish = { detail: 1, fine: true };
const vertices = ({ parts }: PolygonShape) => parts.reduce((n, { outer }) => n + outer.length / 2, 0);

describe('Warming up', () => {
  it('works through what it asks for', () => {
    expect(warmUp).not.toThrow();
  });
});

describe('A flood', () => {
  it('becomes a polygon with its hole and few vertices', () => {
    const { ask, truth, whole } = asking(ring(200, 150, 110, 50, red, green));
    const seeds = [{ at: { x: 120, y: 150 }, tolerance: 22, adds: true }];
    const { polygon } = ask('flood', { box: whole, seeds, ...wish });
    expect(iou(regionOf(polygon, truth), truth)).toBeGreaterThan(0.97);
    expect(polygon?.parts.map(({ holes }) => holes.length)).toEqual([1]);
    expect(polygon === null ? 0 : vertices(polygon)).toBeLessThan(80);
  });

  it('of a second place is added, and taken away', () => {
    const { ask, truth, whole } = asking(ring(200, 150, 110, 50, red, green));
    const first = { at: { x: 120, y: 150 }, tolerance: 22, adds: true };
    const both = ask('flood', { box: whole, seeds: [first, { ...first, at: { x: 200, y: 150 } }], ...wish });
    expect(both.polygon?.parts[0]?.holes).toEqual([]);
    const seeds = [first, { ...first, at: { x: 200, y: 150 } }, { ...first, at: { x: 200, y: 150 }, adds: false }];
    const again = ask('flood', { box: whole, seeds, ...wish });
    expect(iou(regionOf(again.polygon, truth), truth)).toBeGreaterThan(0.97);
  });

  it('of a picture that is too large for the window is refined at full resolution', () => {
    const { ask, truth, whole } = asking(disc(703.3, 497.6, 400, red, green), { width: 1400, height: 1000 }, 10);
    const seeds = [{ at: { x: 700, y: 500 }, tolerance: 25, adds: true }];
    const coarse = ask('flood', { box: whole, seeds, detail: 0.5, fine: false });
    const fine = ask('flood', { box: whole, seeds, detail: 0.5, fine: true });
    expect(fine.scale).toBe(2);
    const off = ({ polygon }: typeof fine) => 1 - iou(regionOf(polygon, truth), truth);
    expect(off(fine)).toBeLessThan(0.002);
    expect(off(fine)).toBeLessThan(off(coarse) / 2);
  });
});

describe('The object in a box', () => {
  it.each([
    ['a disc', disc(200, 150, 70, red, green), { left: 115, top: 65, right: 290, bottom: 240 }, 0.97],
    ['a textured square', texturedSquare(120, 80, 140), { left: 100, top: 60, right: 285, bottom: 245 }, 0.95],
    ['a blob', blob(200, 150, 70, [150, 140, 60], [70, 90, 130]), { left: 95, top: 45, right: 305, bottom: 255 }, 0.95],
  ] as const)('is found: %s', (_, paint, box, least) => {
    const { ask, truth } = asking(paint);
    const { polygon } = ask('segment', { box, scribbles: [], ...wish });
    expect(iou(regionOf(polygon, truth), truth)).toBeGreaterThan(least);
  });

  it('is corrected by scribbles', () => {
    // Two halves of different colours; the second is nearer to the ground.
    const halves: Painter = (x, y) => {
      const inside = Math.hypot(x - 200, y - 150) < 80;
      return { color: !inside ? green : x < 200 ? red : [80, 110, 120], inside };
    };
    const { ask, truth } = asking(halves, undefined, 8);
    const box = { left: 100, top: 50, right: 300, bottom: 250 };
    const away = { points: [215, 100, 260, 150, 215, 200], isObject: false, radius: 8 };
    const { polygon } = ask('segment', { box, scribbles: [away], ...wish });
    const left = { ...truth, data: truth.data.map((value, i) => (i % 400 < 200 ? value : 0)) };
    expect(iou(regionOf(polygon, truth), left)).toBeGreaterThan(0.93);
    const back = { points: [215, 100, 260, 150, 215, 200], isObject: true, radius: 8 };
    const whole = ask('segment', { box, scribbles: [away, back], ...wish });
    expect(iou(regionOf(whole.polygon, truth), truth)).toBeGreaterThan(0.93);
  });

  it('is nothing where all looks the same', () => {
    const { ask } = asking(() => ({ color: green, inside: false }), undefined, 0);
    const box = { left: 100, top: 50, right: 300, bottom: 250 };
    expect(ask('tighten', { boxes: [box] }).boxes).toEqual([null]);
  });
});

describe('Tightening', () => {
  it.each([
    ['a disc', disc(200, 150, 70, red, green), [130, 80, 270, 220]],
    ['a textured square', texturedSquare(120, 80, 140), [120, 80, 260, 220]],
  ] as const)('shrinks a loose box to %s within two pixels', (_, paint, wanted) => {
    const { ask } = asking(paint);
    const [box] = ask('tighten', { boxes: [{ left: 100, top: 50, right: 310, bottom: 255 }] }).boxes;
    const found = [box?.left ?? 0, box?.top ?? 0, box?.right ?? 0, box?.bottom ?? 0];
    for (const [i, side] of found.entries()) expect(Math.abs(side - (wanted[i] as number))).toBeLessThanOrEqual(2);
  });
});

describe('Fitting a polygon', () => {
  const rough = (cx: number, cy: number, radius: number, off: number): PolygonShape => {
    const outer = Array.from({ length: 24 }, (_, k) => {
      const r = radius + (k % 2 === 0 ? off : -off);
      return [cx + r * Math.cos((k * Math.PI) / 12), cy + r * Math.sin((k * Math.PI) / 12)];
    }).flat();
    return { kind: 'polygon', parts: [{ outer, holes: [] }] };
  };

  it('moves it onto the edge of the object', () => {
    const { ask, truth } = asking(disc(200, 150, 80, red, green));
    const before = rough(202, 149, 80, 4);
    const { polygon } = ask('fit', { polygon: before, reach: 8, detail: 0.7 });
    expect(iou(regionOf(before, truth), truth)).toBeLessThan(0.96);
    expect(iou(regionOf(polygon, truth), truth)).toBeGreaterThan(0.985);
  });

  it('leaves it where it is when there is no edge', () => {
    const { ask } = asking(() => ({ color: green, inside: false }), undefined, 4);
    const before = rough(200, 150, 80, 0);
    const { polygon } = ask('fit', { polygon: before, reach: 8, detail: 0.3 });
    expect(
      iou(regionOf(polygon, { width: 400, height: 300 }), regionOf(before, { width: 400, height: 300 })),
    ).toBeGreaterThan(0.98);
  });

  it('keeps it in the picture', () => {
    const { ask } = asking(disc(0, 0, 90, red, green));
    const { polygon } = ask('fit', { polygon: rough(10, 10, 70, 2), reach: 20, detail: 0.5 });
    expect(Math.min(...polygon.parts.flatMap(({ outer }) => outer))).toBeGreaterThanOrEqual(0);
  });
});

describe('Cells', () => {
  it('that were chosen become one outline', () => {
    const { ask, truth, whole } = asking(blob(200, 150, 80, red, green));
    const { window, labels, count } = ask('cells', { box: whole, side: 16 });
    const [inside, all] = [new Int32Array(count), new Int32Array(count)];
    labels.forEach((cell, i) => {
      all[cell] = (all[cell] as number) + 1;
      inside[cell] = (inside[cell] as number) + (truth.data[i] as number);
    });
    expect(window.width).toBe(400);
    const chosen = Uint8Array.from(inside, (n, cell) => (2 * n > (all[cell] as number) ? 1 : 0));
    const { polygon } = ask('joinCells', { chosen, ...wish });
    expect(iou(regionOf(polygon, truth), truth)).toBeGreaterThan(0.96);
  });
});

describe('Finding what looks alike', () => {
  /** A sign: a ring with a bar, in a colour. */
  const sign = (x: number, y: number, cx: number, cy: number, color: Rgb): Rgb | null => {
    const [dx, dy] = [x - cx, y - cy];
    if (Math.hypot(dx, dy) > 18) return null;
    return Math.hypot(dx, dy) > 12 || Math.abs(dy) < 4 ? color : [230, 230, 225];
  };
  const places = [
    [60, 60],
    [200, 80],
    [320, 210],
    [110, 230],
  ] as const;
  const street: Painter = (x, y) => {
    for (const [cx, cy] of places) {
      const color = sign(x, y, cx, cy, red);
      if (color !== null) return { color, inside: true };
    }
    // One that looks alike but for its bar.
    const other = Math.hypot(x - 260, y - 140) <= 18 ? ([60, 60, 190] as Rgb) : null;
    return { color: other ?? [90 + 20 * Math.sin(x / 25), 110 + 15 * Math.cos(y / 30), 100], inside: false };
  };
  const around = (x: number, y: number) => ({ left: x - 20, top: y - 20, right: x + 20, bottom: y + 20 });

  it('proposes all others and nothing else, not the pattern itself', () => {
    const { ask } = asking(street, undefined, 12);
    const { places: found } = ask('similar', { box: around(60, 60), least: 0.7 });
    const centers = found.map(({ box }) => [(box.left + box.right) / 2, (box.top + box.bottom) / 2]);
    expect(centers).toHaveLength(3);
    for (const [x, y] of places.slice(1)) {
      expect(centers.some(([u = 0, v = 0]) => Math.hypot(u - x, v - y) < 2)).toBe(true);
    }
  });

  it('finds nothing for an even pattern, and gives no place outside of the picture', () => {
    const { ask } = asking(() => ({ color: green, inside: false }), undefined, 0);
    expect(ask('similar', { box: around(100, 100), least: 0.5 }).places).toEqual([]);
  });

  it('finds it in a large picture as well', () => {
    const large: Painter = (x, y) => street((x * 400) / 1000, (y * 300) / 750);
    const { ask } = asking(large, { width: 1000, height: 750 }, 12);
    const { places: found } = ask('similar', { box: { left: 100, top: 100, right: 200, bottom: 200 }, least: 0.7 });
    expect(found).toHaveLength(3);
  });
});

import type { PictureSource } from '../../src/assist/picture-source.ts';
import { levelSize, type PictureWindow, type Raster, type Region } from '../../src/assist/raster.ts';
import type { Size } from '../../src/geometry/spaces.ts';
import { maskOfPolygon } from '../../src/masks/rasterize.ts';
import { bitmapOfMask } from '../../src/masks/runs.ts';
import type { PolygonShape } from '../../src/model/annotation.ts';

export type Rgb = readonly [number, number, number];
/** Colour and truth of a place; places are continuous pixels. */
export type Painter = (x: number, y: number) => { readonly color: Rgb; readonly inside: boolean };
export type Scene = { readonly raster: Raster; readonly truth: Region };

/** Paints a picture, each pixel by its middle, with noise of this amplitude; the same every time. */
export function scene({ width, height }: Size, paint: Painter, noise = 0): Scene {
  const random = linearCongruential(7);
  const data = new Uint8ClampedArray(4 * width * height);
  const truth = new Uint8Array(width * height);
  for (let i = 0; i < truth.length; i++) {
    const { color, inside } = paint((i % width) + 0.5, Math.floor(i / width) + 0.5);
    const shift = noise * (random() + random() + random() - 1.5);
    for (let c = 0; c < 3; c++) data[4 * i + c] = (color[c] as number) + shift + (noise / 2) * (random() - 0.5);
    data[4 * i + 3] = 255;
    truth[i] = inside ? 1 : 0;
  }
  return { raster: { width, height, data }, truth: { width, height, data: truth } };
}

export const disc =
  (cx: number, cy: number, radius: number, object: Rgb, ground: Rgb): Painter =>
  (x, y) => {
    const inside = Math.hypot(x - cx, y - cy) <= radius;
    return { color: inside ? object : ground, inside };
  };

/** A ring: a disc with a hole. */
export const ring =
  (cx: number, cy: number, outer: number, inner: number, object: Rgb, ground: Rgb): Painter =>
  (x, y) => {
    const away = Math.hypot(x - cx, y - cy);
    const inside = away <= outer && away > inner;
    return { color: inside ? object : ground, inside };
  };

/** A square with stripes on a ground with another pattern. */
export const texturedSquare =
  (left: number, top: number, side: number): Painter =>
  (x, y) => {
    const inside = x > left && x < left + side && y > top && y < top + side;
    const stripe = Math.floor((x + y) / 3) % 2 === 0;
    const check = (Math.floor(x / 5) + Math.floor(y / 5)) % 2 === 0;
    const [object, ground]: [Rgb, Rgb] = [
      stripe ? [200, 60, 40] : [150, 30, 20],
      check ? [60, 110, 70] : [90, 140, 90],
    ];
    return { color: inside ? object : ground, inside };
  };

/** A smooth, lobed blob. */
export const blob =
  (cx: number, cy: number, radius: number, object: Rgb, ground: Rgb): Painter =>
  (x, y) => {
    const angle = Math.atan2(y - cy, x - cx);
    const r = radius * (1 + 0.2 * Math.sin(3 * angle) + 0.1 * Math.cos(5 * angle));
    const inside = Math.hypot(x - cx, y - cy) <= r;
    const shade = 20 * Math.sin(x / 40);
    const [a, b, c] = inside ? object : ground;
    return { color: [a + shade, b + shade, c + shade], inside };
  };

export function iou(a: Region, b: Region): number {
  let [both, any] = [0, 0];
  for (let i = 0; i < a.data.length; i++) {
    both += (a.data[i] as number) & (b.data[i] as number);
    any += (a.data[i] as number) | (b.data[i] as number);
  }
  return any === 0 ? 1 : both / any;
}

/** The pixels of a polygon. */
export function regionOf(polygon: PolygonShape | null, { width, height }: Size): Region {
  const mask = polygon === null ? null : maskOfPolygon(polygon, { width, height });
  const data = mask === null ? new Uint8Array(width * height) : bitmapOfMask(mask, { x: 0, y: 0, width, height });
  return { width, height, data };
}

/** A picture whose smaller levels are means of four pixels each, like the browser's. */
export class RasterPicture implements PictureSource {
  readonly image: Size;
  readonly pixels: Size;
  /** How many pixels have been read. */
  pixelsRead = 0;
  readonly #levels: Raster[];

  constructor(raster: Raster, image: Size = raster) {
    this.pixels = { width: raster.width, height: raster.height };
    this.image = { width: image.width, height: image.height };
    this.#levels = [raster];
  }

  read({ x, y, width, height, sx }: PictureWindow): Raster {
    const index = Math.round(Math.log2((sx * this.pixels.width) / this.image.width));
    for (let i = this.#levels.length; i <= index; i++)
      this.#levels.push(halved(this.#levels[i - 1] as Raster, levelSize(this.pixels, i)));
    const level = this.#levels[index] as Raster;
    const data = new Uint8ClampedArray(4 * width * height);
    for (let row = 0; row < height; row++) {
      const from = 4 * ((y + row) * level.width + x);
      data.set(level.data.subarray(from, from + 4 * width), 4 * row * width);
    }
    this.pixelsRead += width * height;
    return { width, height, data };
  }
}

function halved(raster: Raster, { width, height }: Size): Raster {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [x1, y1] = [Math.min(raster.width - 1, 2 * x + 1), Math.min(raster.height - 1, 2 * y + 1)];
      for (let c = 0; c < 4; c++) {
        const at = (u: number, v: number) => raster.data[4 * (v * raster.width + u) + c] as number;
        data[4 * (y * width + x) + c] = (at(2 * x, 2 * y) + at(x1, 2 * y) + at(2 * x, y1) + at(x1, y1)) / 4;
      }
    }
  }
  return { width, height, data };
}

export function linearCongruential(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

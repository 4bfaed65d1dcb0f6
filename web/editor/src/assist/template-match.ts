import type { ImageBox, Size } from '../geometry/spaces.ts';
import type { Raster } from './raster.ts';

/** A place that looks like the template; `x`, `y` is its top-left pixel, `score` the correlation, at most 1. */
export type Match = { readonly x: number; readonly y: number; readonly score: number };

/** Mean of the three colours, a number a pixel. */
export type Plane = Size & { readonly data: Float32Array };

export function lightness({ width, height, data }: Raster): Plane {
  const plane = new Float32Array(width * height);
  for (let i = 0; i < plane.length; i++) {
    plane[i] = ((data[4 * i] as number) + (data[4 * i + 1] as number) + (data[4 * i + 2] as number)) / 3;
  }
  return { width, height, data: plane };
}

/**
 * Every place where the template fits at least so well and better than one pixel aside, best first: zero-mean
 * normalised cross-correlation, for which brighter and more contrasty is the same. An even template fits nowhere.
 * Source: Lewis, "Fast normalized cross-correlation", Vision Interface 1995 (here the sum itself is taken, for small
 * templates, and the mean and variance under it from running sums).
 */
export function correlated(image: Plane, template: Plane, least: number): readonly Match[] {
  const [columns, rows] = [image.width - template.width + 1, image.height - template.height + 1];
  const shape = zeroMean(template);
  if (columns < 1 || rows < 1 || shape === null) return [];
  const scores = new Float32Array(columns * rows);
  const windows = new WindowSums(image, template);
  for (let y = 0; y < rows; y++) {
    windows.enterRow(y);
    for (let x = 0; x < columns; x++) {
      const spread = windows.spread(x);
      scores[y * columns + x] =
        spread < leastSpread ? 0 : product(image, template, shape.values, x, y) / Math.sqrt(spread);
    }
  }
  for (let i = 0; i < scores.length; i++) scores[i] = (scores[i] as number) / shape.length;
  return peaks(scores, columns, rows, least);
}

/** The correlation in colour of two rasters of one size. */
export function colorCorrelation(a: Raster, b: Raster): number {
  const count = a.width * a.height;
  let [ab, aa, bb] = [0, 0, 0];
  for (let c = 0; c < 3; c++) {
    let [sumA, sumB] = [0, 0];
    for (let i = 0; i < count; i++) {
      sumA += a.data[4 * i + c] as number;
      sumB += b.data[4 * i + c] as number;
    }
    for (let i = 0; i < count; i++) {
      const p = (a.data[4 * i + c] as number) - sumA / count;
      const q = (b.data[4 * i + c] as number) - sumB / count;
      ab += p * q;
      aa += p * p;
      bb += q * q;
    }
  }
  return aa * bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}

/** Those boxes that overlap no better one by more than `most` (intersection over union). Best first. */
export function distinct<B extends { readonly box: ImageBox; readonly score: number }>(
  found: readonly B[],
  most: number,
): readonly B[] {
  const kept: B[] = [];
  for (const one of [...found].sort((a, b) => b.score - a.score)) {
    if (kept.every(({ box }) => overlap(box, one.box) <= most)) kept.push(one);
  }
  return kept;
}

export function overlap(a: ImageBox, b: ImageBox): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  if (width <= 0 || height <= 0) return 0;
  const both = width * height;
  const area = (box: ImageBox) => (box.right - box.left) * (box.bottom - box.top);
  return both / (area(a) + area(b) - both);
}

/** Sum of squares below which a window counts as even. */
const leastSpread = 1;

function zeroMean({ data }: Plane): { readonly values: Float32Array; readonly length: number } | null {
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
  const values = data.map((value) => value - mean);
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  return length * length < leastSpread ? null : { values, length };
}

function product(image: Plane, template: Size, values: Float32Array, x: number, y: number): number {
  let sum = 0;
  for (let v = 0, o = 0; v < template.height; v++) {
    let i = (y + v) * image.width + x;
    for (let u = 0; u < template.width; u++) sum += (values[o++] as number) * (image.data[i++] as number);
  }
  return sum;
}

/** Sums of values and squares under the template, brought forward from row to row. */
class WindowSums {
  readonly #image: Plane;
  readonly #template: Size;
  readonly #sums: Float64Array;
  readonly #squares: Float64Array;
  readonly #spreads: Float64Array;

  constructor(image: Plane, template: Size) {
    this.#image = image;
    this.#template = template;
    this.#sums = new Float64Array(image.width);
    this.#squares = new Float64Array(image.width);
    this.#spreads = new Float64Array(image.width - template.width + 1);
    for (let y = 0; y < template.height - 1; y++) this.#add(y, 1);
  }

  enterRow(y: number): void {
    if (y > 0) this.#add(y - 1, -1);
    this.#add(y + this.#template.height - 1, 1);
    const { width, height } = this.#template;
    const area = width * height;
    let [sum, squares] = [0, 0];
    for (let x = 0; x < this.#image.width; x++) {
      sum += this.#sums[x] as number;
      squares += this.#squares[x] as number;
      if (x >= width) {
        sum -= this.#sums[x - width] as number;
        squares -= this.#squares[x - width] as number;
      }
      if (x >= width - 1) this.#spreads[x - width + 1] = squares - (sum * sum) / area;
    }
  }

  /** Sum of the squared differences from the mean of the window that begins in this column. */
  spread(x: number): number {
    return this.#spreads[x] as number;
  }

  #add(y: number, sign: 1 | -1): void {
    const { data, width } = this.#image;
    for (let x = 0, i = y * width; x < width; x++, i++) {
      const value = data[i] as number;
      this.#sums[x] = (this.#sums[x] as number) + sign * value;
      this.#squares[x] = (this.#squares[x] as number) + sign * value * value;
    }
  }
}

function peaks(scores: Float32Array, columns: number, rows: number, least: number): readonly Match[] {
  const found: Match[] = [];
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const score = scores[y * columns + x] as number;
      if (score < least) continue;
      let isPeak = true;
      for (let v = Math.max(0, y - 1); isPeak && v <= Math.min(rows - 1, y + 1); v++) {
        for (let u = Math.max(0, x - 1); u <= Math.min(columns - 1, x + 1); u++) {
          const other = scores[v * columns + u] as number;
          if (other > score || (other === score && v * columns + u < y * columns + x)) isPeak = false;
        }
      }
      if (isPeak) found.push({ x, y, score });
    }
  }
  return found.sort((a, b) => b.score - a.score);
}

import type { Size } from '../geometry/spaces.ts';

/** Cells of like colour that cover a raster. */
export type Cells = Size & {
  /** Cell of each pixel. */
  readonly labels: Uint16Array;
  readonly count: number;
};

/** Weight of nearness against likeness of colour: higher makes rounder cells. */
const compactness = 20;
const rounds = 5;
const mostCells = 65_000;

/**
 * Cells of about `side` pixels a side that follow the picture's edges; each is connected.
 * Source: Achanta et al., "SLIC superpixels compared to state-of-the-art superpixel methods", PAMI 34(11), 2012.
 * @param lab three numbers a pixel
 * @param side at least 4
 */
export function superpixels(lab: Float32Array, { width, height }: Size, side: number): Cells {
  const step = Math.max(side, Math.ceil(Math.sqrt((width * height) / mostCells)));
  const centers = seeds(lab, width, height, step);
  const count = centers.length / 5;
  const labels = new Uint16Array(width * height);
  const distances = new Float32Array(width * height);
  for (let round = 0; round < rounds; round++) {
    assign(lab, width, height, step, centers, labels, distances);
    if (round < rounds - 1) recenter(lab, width, centers, count, labels);
  }
  return connected(labels, width, height, (step * step) / 4);
}

/** `l, a, b, x, y` of each centre: a grid, each put where the colours change least among its neighbours. */
function seeds(lab: Float32Array, width: number, height: number, step: number): Float32Array {
  const [columns, rows] = [Math.max(1, Math.round(width / step)), Math.max(1, Math.round(height / step))];
  const centers = new Float32Array(5 * columns * rows);
  for (let k = 0; k < columns * rows; k++) {
    let x = Math.min(width - 1, Math.floor((((k % columns) + 0.5) * width) / columns));
    let y = Math.min(height - 1, Math.floor(((Math.floor(k / columns) + 0.5) * height) / rows));
    let least = Number.POSITIVE_INFINITY;
    const [x0, y0] = [x, y];
    for (let v = Math.max(1, y0 - 1); v <= Math.min(height - 2, y0 + 1); v++) {
      for (let u = Math.max(1, x0 - 1); u <= Math.min(width - 2, x0 + 1); u++) {
        const i = v * width + u;
        const change = difference(lab, i - 1, i + 1) + difference(lab, i - width, i + width);
        if (change < least) [least, x, y] = [change, u, v];
      }
    }
    const i = 3 * (y * width + x);
    centers.set([lab[i] as number, lab[i + 1] as number, lab[i + 2] as number, x, y], 5 * k);
  }
  return centers;
}

function difference(lab: Float32Array, i: number, j: number): number {
  const l = (lab[3 * i] as number) - (lab[3 * j] as number);
  const a = (lab[3 * i + 1] as number) - (lab[3 * j + 1] as number);
  const b = (lab[3 * i + 2] as number) - (lab[3 * j + 2] as number);
  return l * l + a * a + b * b;
}

function assign(
  lab: Float32Array,
  width: number,
  height: number,
  step: number,
  centers: Float32Array,
  labels: Uint16Array,
  distances: Float32Array,
): void {
  distances.fill(Number.POSITIVE_INFINITY);
  const weight = (compactness / step) ** 2;
  for (let k = 0; 5 * k < centers.length; k++) {
    const [cl, ca, cb] = [centers[5 * k] as number, centers[5 * k + 1] as number, centers[5 * k + 2] as number];
    const [cx, cy] = [centers[5 * k + 3] as number, centers[5 * k + 4] as number];
    const [left, right] = [Math.max(0, Math.ceil(cx - step)), Math.min(width - 1, Math.floor(cx + step))];
    const [top, bottom] = [Math.max(0, Math.ceil(cy - step)), Math.min(height - 1, Math.floor(cy + step))];
    for (let y = top; y <= bottom; y++) {
      const dy = weight * (y - cy) * (y - cy);
      for (let x = left, i = y * width + left; x <= right; x++, i++) {
        const l = (lab[3 * i] as number) - cl;
        const a = (lab[3 * i + 1] as number) - ca;
        const b = (lab[3 * i + 2] as number) - cb;
        const distance = l * l + a * a + b * b + dy + weight * (x - cx) * (x - cx);
        if (distance >= (distances[i] as number)) continue;
        distances[i] = distance;
        labels[i] = k;
      }
    }
  }
}

function recenter(lab: Float32Array, width: number, centers: Float32Array, count: number, labels: Uint16Array): void {
  const sums = new Float64Array(5 * count);
  const sizes = new Uint32Array(count);
  for (let i = 0; i < labels.length; i++) {
    const k = labels[i] as number;
    const o = 5 * k;
    sizes[k] = (sizes[k] as number) + 1;
    sums[o] = (sums[o] as number) + (lab[3 * i] as number);
    sums[o + 1] = (sums[o + 1] as number) + (lab[3 * i + 1] as number);
    sums[o + 2] = (sums[o + 2] as number) + (lab[3 * i + 2] as number);
    sums[o + 3] = (sums[o + 3] as number) + (i % width);
    sums[o + 4] = (sums[o + 4] as number) + Math.floor(i / width);
  }
  for (let k = 0; k < count; k++) {
    const n = sizes[k] as number;
    if (n > 0) for (let c = 0; c < 5; c++) centers[5 * k + c] = (sums[5 * k + c] as number) / n;
  }
}

/** Numbers connected pieces anew; those of fewer than `least` pixels join the piece before them. */
function connected(labels: Uint16Array, width: number, height: number, least: number): Cells {
  const done = new Int32Array(labels.length).fill(-1);
  const members = new Int32Array(labels.length);
  let count = 0;
  for (let start = 0; start < labels.length; start++) {
    if ((done[start] as number) >= 0) continue;
    const x0 = start % width;
    // Row by row the pixel to the left or above is done already.
    const beside = x0 > 0 ? (done[start - 1] as number) : start >= width ? (done[start - width] as number) : -1;
    const old = labels[start] as number;
    let size = 1;
    members[0] = start;
    done[start] = count;
    for (let at = 0; at < size; at++) {
      const i = members[at] as number;
      const x = i % width;
      if (x > 0 && labels[i - 1] === old && done[i - 1] === -1) {
        done[i - 1] = count;
        members[size++] = i - 1;
      }
      if (x < width - 1 && labels[i + 1] === old && done[i + 1] === -1) {
        done[i + 1] = count;
        members[size++] = i + 1;
      }
      if (i >= width && labels[i - width] === old && done[i - width] === -1) {
        done[i - width] = count;
        members[size++] = i - width;
      }
      if (i + width < labels.length && labels[i + width] === old && done[i + width] === -1) {
        done[i + width] = count;
        members[size++] = i + width;
      }
    }
    if (size < least && beside >= 0) for (let at = 0; at < size; at++) done[members[at] as number] = beside;
    else count++;
  }
  return { width, height, labels: Uint16Array.from(done), count };
}

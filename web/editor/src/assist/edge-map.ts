import type { Raster } from './raster.ts';

/** What the picture's edges cost a path, one byte a pixel each. */
export type EdgeMap = {
  readonly width: number;
  readonly height: number;
  /** Strength of the gradient, 255 = the strongest edges of the raster. */
  readonly strength: Uint8Array;
  /** Cost of going over the pixel but for the direction: 0 on a strong edge, `staticCost` in plain areas. */
  readonly cost: Uint8Array;
  /** Direction of the gradient in `directions` steps of a full turn. */
  readonly direction: Uint8Array;
};

/** The full turn is cut into so many directions. */
export const directions = 32;
/** The largest cost of a pixel without the share of the direction. */
export const staticCost = 110;

/** Gradients below this are noise and no edge. A step of one grey level has about 4. */
const faintest = 12;
/** Magnitudes are scaled by this percentile rather than by the maximum, so that one glint does not flatten all edges. */
const strongShare = 0.995;

/**
 * The local costs of intelligent scissors, after a slight blur: gradient magnitude, and whether the pixel is on the crest
 * of the gradient, with equal weights; in each pixel those of the colour channel with the strongest gradient.
 * Source: Mortensen, Barrett, "Interactive segmentation with intelligent scissors", GMIP 60, 1998, section 3. Instead of
 * the zero crossings of the Laplacian, which noise scatters, the crests are those of Canny (PAMI 8(6), 1986): zero
 * crossings of the second derivative in the direction of the gradient.
 */
export function edgeMap(raster: Raster): EdgeMap {
  const { width, height } = raster;
  const gradient = { x: new Float32Array(width * height), y: new Float32Array(width * height) };
  const squares = new Float32Array(width * height);
  for (let channel = 0; channel < 3; channel++)
    keepStrongest(blurred(raster, channel), width, height, gradient, squares);
  const strongest = Math.max(Math.sqrt(quantile(squares)), faintest);
  const strength = new Uint8Array(squares.length);
  const cost = new Uint8Array(squares.length).fill(staticCost);
  const direction = new Uint8Array(squares.length);
  for (let y = 1; y < height - 1; y++) {
    for (let i = y * width + 1, end = (y + 1) * width - 1; i < end; i++) {
      const square = squares[i] as number;
      const share = Math.min(1, Math.sqrt(square) / strongest);
      strength[i] = 255 * share + 0.5;
      if (square < faintest * faintest) continue;
      const gx = gradient.x[i] as number;
      const gy = gradient.y[i] as number;
      direction[i] = directionOf(gx, gy);
      const across = stepAcross(gx, gy, width);
      const isCrest = square >= (squares[i - across] as number) && square > (squares[i + across] as number);
      cost[i] = staticCost * (0.5 * (1 - share) + (isCrest ? 0 : 0.5)) + 0.5;
    }
  }
  return { width, height, strength, cost, direction };
}

/** The neighbour in the direction of the gradient, as a difference of indices. */
function stepAcross(gx: number, gy: number, width: number): number {
  const ax = Math.abs(gx);
  const ay = Math.abs(gy);
  if (ay < 0.414 * ax) return 1;
  if (ax < 0.414 * ay) return width;
  return gx * gy > 0 ? width + 1 : width - 1;
}

type Gradient = { readonly x: Float32Array; readonly y: Float32Array };

/** Sobel's gradient of a channel, where it is stronger than that of the channels before. */
function keepStrongest(p: Float32Array, width: number, height: number, to: Gradient, squares: Float32Array): void {
  const [toX, toY] = [to.x, to.y];
  for (let y = 1; y < height - 1; y++) {
    for (let i = y * width + 1, end = (y + 1) * width - 1; i < end; i++) {
      const falling = (p[i + width + 1] as number) - (p[i - width - 1] as number);
      const rising = (p[i - width + 1] as number) - (p[i + width - 1] as number);
      const gx = falling + rising + 2 * ((p[i + 1] as number) - (p[i - 1] as number));
      const gy = falling - rising + 2 * ((p[i + width] as number) - (p[i - width] as number));
      const square = gx * gx + gy * gy;
      if (square <= (squares[i] as number)) continue;
      squares[i] = square;
      toX[i] = gx;
      toY[i] = gy;
    }
  }
}

/** One channel after the binomial 3 × 3 filter. */
function blurred({ width, height, data }: Raster, channel: number): Float32Array {
  const rows = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    let left = data[4 * y * width + channel] as number;
    let here = left;
    for (let x = 0, i = y * width; x < width; x++, i++) {
      const right = x < width - 1 ? (data[4 * i + 4 + channel] as number) : here;
      rows[i] = left + 2 * here + right;
      left = here;
      here = right;
    }
  }
  const plane = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const above = (Math.max(0, y - 1) - y) * width;
    const below = (Math.min(height - 1, y + 1) - y) * width;
    for (let i = y * width, end = (y + 1) * width; i < end; i++) {
      plane[i] = ((rows[i + above] as number) + 2 * (rows[i] as number) + (rows[i + below] as number)) / 16;
    }
  }
  return plane;
}

/** Without `atan2` for each pixel: the octant by comparing, the place in it by a table. */
function directionOf(gx: number, gy: number): number {
  const ax = Math.abs(gx);
  const ay = Math.abs(gy);
  let steps =
    ax >= ay ? (arcs[((32.5 * ay) / ax) | 0] as number) : directions / 4 - (arcs[((32.5 * ax) / ay) | 0] as number);
  if (gx < 0) steps = directions / 2 - steps;
  if (gy < 0) steps = directions - steps;
  return (steps + 0.5) & (directions - 1);
}

const arcs = Float32Array.from({ length: 33 }, (_, i) => (Math.atan(i / 32) * directions) / (2 * Math.PI));

/** The value that only a small share of all is above, in steps of a 4096th of the largest. */
function quantile(values: Float32Array): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) if ((values[i] as number) > most) most = values[i] as number;
  const counts = new Int32Array(4097);
  for (let i = 0; i < values.length; i++) {
    const bin = (4096 * (values[i] as number)) / most || 0;
    counts[bin | 0] = (counts[bin | 0] as number) + 1;
  }
  let left = (1 - strongShare) * values.length;
  for (let bin = 4096; bin > 0; bin--) {
    left -= counts[bin] as number;
    if (left < 0) return ((bin + 1) / 4096) * most;
  }
  return 0;
}

import type { Size } from '../geometry/spaces.ts';
import type { Region } from './raster.ts';

/** Levels per unit of colour distance. */
const perUnit = 2;
const most = 255;

/** The tolerance above which everything is reached. */
export const largestTolerance = most / perUnit;

/**
 * From which colour tolerance on a flood from the seed reaches each pixel, in half units of L*a*b* distance (0–255): the
 * least, over all ways to it, of the largest distance of a pixel on the way from the seed's colour. So one flood answers
 * for every tolerance, and the regions of growing tolerances hold one another.
 * @param lab three numbers a pixel
 * @param seed index of a pixel
 */
export function floodLevels(lab: Float32Array, { width, height }: Size, seed: number): Uint8Array {
  const smooth = colorDistances(lab, width, height, seed);
  const levels = new Uint8Array(width * height).fill(most);
  const reached = new Uint8Array(width * height);
  // A pixel waits in the list of its level; lists are emptied in rising order, each while it still grows.
  const heads = new Int32Array(most + 1).fill(-1);
  const next = new Int32Array(width * height);
  const push = (pixel: number, from: number) => {
    reached[pixel] = 1;
    const level = Math.max(from, smooth[pixel] as number);
    levels[pixel] = level;
    next[pixel] = heads[level] as number;
    heads[level] = pixel;
  };
  push(seed, 0);
  for (let level = 0; level <= most; level++) {
    for (let pixel = heads[level] as number; pixel >= 0; pixel = heads[level] as number) {
      heads[level] = next[pixel] as number;
      const x = pixel % width;
      if (x > 0 && reached[pixel - 1] === 0) push(pixel - 1, level);
      if (x < width - 1 && reached[pixel + 1] === 0) push(pixel + 1, level);
      if (pixel >= width && reached[pixel - width] === 0) push(pixel - width, level);
      if (pixel + width < reached.length && reached[pixel + width] === 0) push(pixel + width, level);
    }
  }
  return levels;
}

/** What a flood of this tolerance reaches. */
export function flooded(levels: Uint8Array, { width, height }: Size, tolerance: number): Region {
  const limit = Math.min(most, Math.floor(tolerance * perUnit));
  const data = new Uint8Array(levels.length);
  for (let i = 0; i < data.length; i++) data[i] = (levels[i] as number) <= limit ? 1 : 0;
  return { width, height, data };
}

/**
 * Distance of each pixel's colour from that around the seed: its own, or that of the mean of itself and its neighbours
 * where that is nearer. So noise does not stop a flood, and an edge is not blurred.
 */
function colorDistances(lab: Float32Array, width: number, height: number, seed: number): Uint8Array {
  const distances = new Uint8Array(width * height);
  const [sx, sy] = [seed % width, Math.floor(seed / width)];
  const seedColor = [0, 1, 2].map((c) => {
    const at = (x: number, y: number) => {
      const column = Math.min(width - 1, Math.max(0, x));
      return lab[3 * (Math.min(height - 1, Math.max(0, y)) * width + column) + c] as number;
    };
    return (at(sx - 1, sy) + at(sx + 1, sy) + at(sx, sy - 1) + at(sx, sy + 1) + 2 * at(sx, sy)) / 6;
  });
  const [l, a, b] = seedColor as [number, number, number];
  for (let y = 0, i = 0; y < height; y++) {
    const up = y > 0 ? -3 * width : 0;
    const down = y < height - 1 ? 3 * width : 0;
    for (let x = 0; x < width; x++, i++) {
      const o = 3 * i;
      const left = x > 0 ? o - 3 : o;
      const right = x < width - 1 ? o + 3 : o;
      let own = 0;
      let mean = 0;
      for (let c = 0; c < 3; c++) {
        const target = c === 0 ? l : c === 1 ? a : b;
        const here = lab[o + c] as number;
        const beside = (lab[left + c] as number) + (lab[right + c] as number);
        const around = beside + (lab[o + up + c] as number) + (lab[o + down + c] as number);
        const difference = (around + 2 * here) / 6 - target;
        own += (here - target) * (here - target);
        mean += difference * difference;
      }
      distances[i] = Math.min(most, perUnit * Math.sqrt(Math.min(own, mean)));
    }
  }
  return distances;
}

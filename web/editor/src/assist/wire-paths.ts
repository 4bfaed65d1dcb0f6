import type { Size } from '../geometry/spaces.ts';
import { directions, type EdgeMap, staticCost } from './edge-map.ts';

/** In the order of the steps that `WirePaths` counts. */
const stepX = [1, 1, 0, -1, -1, -1, 0, 1];
const stepY = [0, 1, 1, 1, 0, -1, -1, -1];
/** Of a pixel that is the seed, or that no path reaches. */
const noStep = 255;

/** The cheapest ways from every pixel to a seed: for each pixel which neighbour comes next. */
export type WirePaths = Size & { readonly steps: Uint8Array };

/**
 * The cheapest paths from a pixel to all others over the edges of the picture (Dijkstra with a bucket for each cost). A
 * step costs what the pixel costs that it leads to, and a share for every turn between the step and the edge at its two
 * ends; diagonal steps cost as much more as they are longer.
 * Source: Mortensen, Barrett, "Interactive segmentation with intelligent scissors", GMIP 60, 1998.
 * @param reach pixels farther away than this, across or down, are left out
 */
export function wirePaths(map: EdgeMap, seed: number, reach = Number.POSITIVE_INFINITY): WirePaths {
  const { width, height, cost, direction } = map;
  const size = width * height;
  const steps = new Uint8Array(size).fill(noStep);
  const totals = new Uint32Array(size).fill(unreached);
  // Pixels wait in lists by their cost; the costs that wait at one time differ by less than the number of lists.
  const heads = new Int32Array(lists).fill(-1);
  const next = new Int32Array(size);
  const previous = new Int32Array(size);
  const offsets = Int32Array.from(stepX, (dx, k) => dx + (stepY[k] as number) * width);
  const [seedX, seedY] = [seed % width, Math.floor(seed / width)];
  const [left, right] = [Math.max(0, seedX - reach), Math.min(width - 1, seedX + reach)];
  const first = Math.max(0, seedY - reach) * width;
  const end = Math.min(height, seedY + reach + 1) * width;
  totals[seed] = 0;
  heads[0] = seed;
  next[seed] = -1;
  let waiting = 1;
  for (let total = 0; waiting > 0; total++) {
    const list = total & (lists - 1);
    for (let p = heads[list] as number; p >= 0; p = heads[list] as number) {
      const after = next[p] as number;
      heads[list] = after;
      if (after >= 0) previous[after] = -1;
      waiting--;
      const x = p % width;
      const turns = (direction[p] as number) * directions * 8;
      for (let k = 0; k < 8; k++) {
        if ((x === left && k >= 3 && k <= 5) || (x === right && (k <= 1 || k === 7))) continue;
        const q = p + (offsets[k] as number);
        if (q < first || q >= end) continue;
        const before = totals[q] as number;
        if (before <= total) continue;
        // Where there is no edge, its direction means nothing.
        const own = cost[q] as number;
        const step =
          own >= staticCost ? plainStep : own + (turnCosts[turns + (direction[q] as number) * 8 + k] as number);
        const reached = total + 1 + ((k & 1) === 0 ? step : (step * 181) >> 7);
        if (reached >= before) continue;
        if (before === unreached) waiting++;
        else {
          const n = next[q] as number;
          const m = previous[q] as number;
          if (m >= 0) next[m] = n;
          else heads[before & (lists - 1)] = n;
          if (n >= 0) previous[n] = m;
        }
        totals[q] = reached;
        steps[q] = (k + 4) & 7;
        const head = heads[reached & (lists - 1)] as number;
        next[q] = head;
        previous[q] = -1;
        if (head >= 0) previous[head] = q;
        heads[reached & (lists - 1)] = q;
      }
    }
  }
  return { width, height, steps };
}

/** Whether there is a way from the pixel. */
export function hasPath({ steps }: WirePaths, pixel: number, seed: number): boolean {
  return pixel === seed || (steps[pixel] ?? noStep) !== noStep;
}

/** The pixels from a pixel to the seed, both included. */
export function pathToSeed({ width, steps }: WirePaths, from: number): number[] {
  const path = [from];
  let at = from;
  for (let step = steps[at] ?? noStep; step !== noStep; step = steps[at] ?? noStep) {
    at += (stepX[step] as number) + (stepY[step] as number) * width;
    path.push(at);
  }
  return path;
}

/** The pixel with the strongest edge not farther away than the radius; the same pixel when there is none. */
export function strongestNear(strength: Uint8Array, size: Size, pixel: number, radius: number): number {
  const { width, height } = size;
  const [cx, cy] = [pixel % width, Math.floor(pixel / width)];
  const reach = Math.floor(radius);
  let best = pixel;
  let bestValue = 8;
  for (let y = Math.max(0, cy - reach); y <= Math.min(height - 1, cy + reach); y++) {
    for (let x = Math.max(0, cx - reach); x <= Math.min(width - 1, cx + reach); x++) {
      const away = (x - cx) ** 2 + (y - cy) ** 2;
      if (away > radius * radius) continue;
      const value = (strength[y * width + x] as number) - away / (radius * radius + 1);
      if (value > bestValue) [best, bestValue] = [y * width + x, value];
    }
  }
  return best;
}

const unreached = 0xffffffff;
/** Both ends of a step together. */
const mostTurn = 40;
const plainStep = staticCost + mostTurn;
/** A power of two above the largest step, a diagonal one over plain ground. */
const lists = 256;

/** Of two edge directions and a step between them: 0 when the step runs along both edges, `mostTurn` when across. */
const turnCosts = Uint8Array.from({ length: directions * directions * 8 }, (_, i) => {
  const step = ((i % 8) * Math.PI) / 4;
  const at = (direction: number) => (direction * 2 * Math.PI) / directions;
  const across = (direction: number) => Math.abs(Math.cos(at(direction) - step));
  const [p, q] = [Math.floor(i / 8 / directions), Math.floor(i / 8) % directions];
  return Math.round((mostTurn / 2) * (across(p) + across(q)));
});

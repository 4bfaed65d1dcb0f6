import { nearestOnPath } from '../geometry/polygon.ts';

/** Colours of whole pixels as `0xrrggbb`; outside of the picture those of its border. */
export type ColorSource = (x: number, y: number) => number;

export type EdgeFit = {
  /** How far a point may move along its normal, in pixels. */
  readonly reach: number;
  /** Distance of the points that are moved, in pixels. */
  readonly spacing: number;
  /** Straight pieces that stay where they are: `x, y` of both ends of each. */
  readonly fixed?: readonly number[];
};

/** Movements are tried in steps of this many pixels. */
const stepLength = 0.5;
/** Neighbouring points may differ by so many steps. */
const mostBend = 2;
/** What bending costs, and being far from where the ring was, against a full edge = 1. */
const bendCost = 0.08;
const distanceCost = 0.25;
/** Differences of colour (length in r, g, b) below this are noise. */
const faintest = 12;

/**
 * A ring moved onto the edges of the picture: points along it may go inwards or outwards, and of all ways around, the
 * one is taken that has most edge under it and bends least (dynamic programming over the points' normals). Where there
 * is no edge within reach it stays as it is. Rings too small to be moved come back unchanged.
 * Source: Amini, Weymouth, Jain, "Using dynamic programming for solving variational problems in vision", PAMI 12(9), 1990.
 */
export function fittedRing(
  ring: readonly number[],
  color: ColorSource,
  { reach, spacing, fixed = [] }: EdgeFit,
): readonly number[] {
  const points = resampled(ring, spacing);
  const count = points.length / 2;
  if (count < 8) return ring;
  const normals = normalsOf(points, Math.max(1, Math.round(2 / spacing)));
  const half = Math.max(1, Math.round(reach / stepLength));
  const states = 2 * half + 1;
  const costs = edgeCosts(points, normals, color, half);
  keepFixed(costs, points, states, fixed);
  // First from anywhere; the way's middle is then a sound place to begin and end.
  const first = cheapestWay(costs, count, states, 0, null);
  const middle = count >> 1;
  const way = cheapestWay(costs, count, states, middle, first[middle] as number);
  const fitted: number[] = [];
  for (let i = 0; i < count; i++) {
    const by = ((way[(i - middle + count) % count] as number) - half) * stepLength;
    fitted.push((points[2 * i] as number) + by * (normals[2 * i] as number));
    fitted.push((points[2 * i + 1] as number) + by * (normals[2 * i + 1] as number));
  }
  return fitted;
}

/** Movements of points on fixed pieces cost more than any way around. */
function keepFixed(costs: Float32Array, points: Float64Array, states: number, fixed: readonly number[]): void {
  for (let i = 0; i < points.length / 2; i++) {
    const p = { x: points[2 * i] as number, y: points[2 * i + 1] as number };
    for (let k = 0; k + 3 < fixed.length; k += 4) {
      if (nearestOnPath(fixed.slice(k, k + 4), false, p).distance > 0.75) continue;
      costs.fill(1e6, i * states, (i + 1) * states);
      costs[i * states + (states >> 1)] = 0;
      break;
    }
  }
}

/** Points at even distances along the ring. */
export function resampled(ring: readonly number[], spacing: number): Float64Array {
  const count = ring.length / 2;
  const lengths = Array.from({ length: count }, (_, i) => {
    const j = (i + 1) % count;
    return Math.hypot(
      (ring[2 * j] as number) - (ring[2 * i] as number),
      (ring[2 * j + 1] as number) - (ring[2 * i + 1] as number),
    );
  });
  const length = lengths.reduce((sum, edge) => sum + edge, 0);
  const wanted = Math.max(3, Math.round(length / spacing));
  const points = new Float64Array(2 * wanted);
  let [edge, before] = [0, 0];
  for (let k = 0; k < wanted; k++) {
    const at = (k * length) / wanted;
    while (edge < count - 1 && before + (lengths[edge] as number) <= at) before += lengths[edge++] as number;
    const own = lengths[edge] as number;
    const t = own === 0 ? 0 : (at - before) / own;
    const next = (edge + 1) % count;
    points[2 * k] = (1 - t) * (ring[2 * edge] as number) + t * (ring[2 * next] as number);
    points[2 * k + 1] = (1 - t) * (ring[2 * edge + 1] as number) + t * (ring[2 * next + 1] as number);
  }
  return points;
}

/** Unit normals, from the points `span` before and after. */
function normalsOf(points: Float64Array, span: number): Float64Array {
  const count = points.length / 2;
  const normals = new Float64Array(points.length);
  for (let i = 0; i < count; i++) {
    const [a, b] = [(i - span + count) % count, (i + span) % count];
    const dx = (points[2 * b] as number) - (points[2 * a] as number);
    const dy = (points[2 * b + 1] as number) - (points[2 * a + 1] as number);
    const length = Math.hypot(dx, dy) || 1;
    normals[2 * i] = dy / length;
    normals[2 * i + 1] = -dx / length;
  }
  return normals;
}

/** For each point and movement: 0 on the strongest edges, 1 and more where there is none. */
function edgeCosts(points: Float64Array, normals: Float64Array, color: ColorSource, half: number): Float32Array {
  const count = points.length / 2;
  const states = 2 * half + 1;
  const costs = new Float32Array(count * states);
  // An edge is the difference between the means of the pixel and a half before it and behind it.
  const margin = 3;
  const line = new Float32Array(3 * (states + 2 * margin));
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < states + 2 * margin; k++) {
      const by = (k - margin - half) * stepLength;
      const x = (points[2 * i] as number) + by * (normals[2 * i] as number);
      const y = (points[2 * i + 1] as number) + by * (normals[2 * i + 1] as number);
      bilinear(color, x, y, line, 3 * k);
    }
    for (let s = 0; s < states; s++) {
      let square = 0;
      for (let c = 0; c < 3; c++) {
        let difference = 0;
        for (let m = 1; m <= margin; m++) {
          difference += (line[3 * (s + margin + m) + c] as number) - (line[3 * (s + margin - m) + c] as number);
        }
        square += (difference / margin) ** 2;
      }
      costs[i * states + s] = Math.sqrt(square);
    }
  }
  const strongest = Math.max(faintest, upperQuantile(costs, states));
  for (let i = 0; i < costs.length; i++) {
    const strength = costs[i] as number;
    const away = Math.abs((i % states) - half) / half;
    const edge = strength < faintest ? 0 : Math.min(1, strength / strongest);
    costs[i] = 1 - edge + distanceCost * away * away;
  }
  return costs;
}

/** The median of the points' strongest edges. */
function upperQuantile(strengths: Float32Array, states: number): number {
  const best = new Float32Array(strengths.length / states);
  for (let i = 0; i < strengths.length; i++) {
    const point = Math.floor(i / states);
    best[point] = Math.max(best[point] as number, strengths[i] as number);
  }
  return best.sort()[best.length >> 1] as number;
}

/** The cheapest states around the ring from a point on; with `fixed` it begins and ends with that state. */
function cheapestWay(
  costs: Float32Array,
  count: number,
  states: number,
  from: number,
  fixed: number | null,
): Uint16Array {
  const choice = new Int8Array(count * states);
  let totals = new Float64Array(states).fill(fixed === null ? 0 : Number.POSITIVE_INFINITY);
  for (let s = 0; s < states; s++) if (fixed === null || s === fixed) totals[s] = costs[from * states + s] as number;
  for (let i = 1; i < count; i++) {
    const row = ((from + i) % count) * states;
    const next = new Float64Array(states);
    for (let s = 0; s < states; s++) {
      let best = Number.POSITIVE_INFINITY;
      for (let bend = -mostBend; bend <= mostBend; bend++) {
        const before = totals[s - bend];
        if (before === undefined) continue;
        const total = before + bendCost * bend * bend;
        if (total < best) {
          best = total;
          choice[i * states + s] = bend;
        }
      }
      next[s] = best + (costs[row + s] as number);
    }
    totals = next;
  }
  let end = 0;
  for (let s = 0; s < states; s++) {
    // Back at the beginning the way may not jump.
    const jump = fixed === null ? 0 : Math.max(0, Math.abs(s - fixed) - mostBend) * 10;
    totals[s] = (totals[s] as number) + jump;
    if ((totals[s] as number) < (totals[end] as number)) end = s;
  }
  const way = new Uint16Array(count);
  for (let i = count - 1; i >= 0; i--) {
    way[i] = end;
    end -= choice[i * states + end] as number;
  }
  return way;
}

/** The colour at a continuous place: pixel (i, j) has its middle at (i + ½, j + ½). */
function bilinear(color: ColorSource, px: number, py: number, out: Float32Array, at: number): void {
  const [x, y] = [px - 0.5, py - 0.5];
  const [i, j] = [Math.floor(x), Math.floor(y)];
  const [u, v] = [x - i, y - j];
  const [a, b, c, d] = [color(i, j), color(i + 1, j), color(i, j + 1), color(i + 1, j + 1)];
  for (let k = 0; k < 3; k++) {
    const shift = 16 - 8 * k;
    const above = (1 - u) * ((a >> shift) & 255) + u * ((b >> shift) & 255);
    const below = (1 - u) * ((c >> shift) & 255) + u * ((d >> shift) & 255);
    out[at + k] = (1 - v) * above + v * below;
  }
}

import type { Shape } from '../model/annotation.ts';

/**
 * Fewer vertices for nearly the same outline: every vertex left out lies within `tolerance` image pixels of the edge
 * that replaces it. Shapes other than polygons and polylines stay as they are.
 * Source: Douglas, Peucker, "Algorithms for the reduction of the number of points required to represent a digitized
 * line", Cartographica 10(2), 1973; the same choices as `Simplification` of Plumbline.Core.
 */
export function simplified(shape: Shape, tolerance: number): Shape {
  return reshapedPaths(shape, (path, closed) =>
    closed ? simplifiedRing(path, tolerance) : simplifiedLine(path, tolerance),
  );
}

/**
 * Rounder corners: each edge is cut at a quarter and three quarters of its length; the ends of a line stay.
 * Source: Chaikin, "An algorithm for high-speed curve generation", Computer Graphics and Image Processing 3, 1974.
 */
export function smoothed(shape: Shape): Shape {
  return reshapedPaths(shape, (path, closed) => {
    const count = path.length / 2;
    const rounded: number[] = closed ? [] : path.slice(0, 2);
    for (let i = 0; i < (closed ? count : count - 1); i++) {
      const j = (i + 1) % count;
      const [ax, ay, bx, by] = [path[2 * i] ?? 0, path[2 * i + 1] ?? 0, path[2 * j] ?? 0, path[2 * j + 1] ?? 0];
      rounded.push(0.75 * ax + 0.25 * bx, 0.75 * ay + 0.25 * by, 0.25 * ax + 0.75 * bx, 0.25 * ay + 0.75 * by);
    }
    return closed ? rounded : [...rounded, ...path.slice(-2)];
  });
}

function reshapedPaths(shape: Shape, change: (path: readonly number[], closed: boolean) => readonly number[]): Shape {
  if (shape.kind === 'polyline') return { ...shape, points: change(shape.points, false) };
  if (shape.kind !== 'polygon') return shape;
  const parts = shape.parts.map(({ outer, holes }) => ({
    outer: change(outer, true),
    holes: holes.map((hole) => change(hole, true)),
  }));
  return { kind: 'polygon', parts };
}

function simplifiedLine(path: readonly number[], tolerance: number): number[] {
  const last = path.length / 2 - 1;
  const keep = new Set([0, last]);
  markBetween(path, 0, last, tolerance, keep);
  return kept(path, keep);
}

/** Keeps the first vertex, the one farthest from it and what the tolerance needs; never fewer than three. */
function simplifiedRing(ring: readonly number[], tolerance: number): readonly number[] {
  const count = ring.length / 2;
  if (count <= 3) return ring;
  const fromFirst = (i: number) =>
    Math.hypot((ring[2 * i] ?? 0) - (ring[0] ?? 0), (ring[2 * i + 1] ?? 0) - (ring[1] ?? 0));
  let opposite = 1;
  for (let i = 2; i < count; i++) if (fromFirst(i) > fromFirst(opposite)) opposite = i;
  const keep = new Set([0, opposite]);
  markBetween(ring, 0, opposite, tolerance, keep);
  markBetween(ring, opposite, count, tolerance, keep);
  if (keep.size < 3) {
    let farthest = opposite === 1 ? 2 : 1;
    for (let i = 1; i < count; i++) {
      const isFarther = distanceToSegment(ring, i, 0, opposite) > distanceToSegment(ring, farthest, 0, opposite);
      if (i !== opposite && isFarther) farthest = i;
    }
    keep.add(farthest);
  }
  return kept(ring, keep);
}

/** Marks what is needed between two vertices; `last` may be the number of vertices, which is the first again. */
function markBetween(path: readonly number[], first: number, last: number, tolerance: number, keep: Set<number>): void {
  const spans: [number, number][] = [[first, last]];
  for (let span = spans.pop(); span !== undefined; span = spans.pop()) {
    const [a, b] = span;
    let farthest = -1;
    let distance = tolerance;
    for (let i = a + 1; i < b; i++) {
      const d = distanceToSegment(path, i, a, b % (path.length / 2));
      if (d > distance) [farthest, distance] = [i, d];
    }
    if (farthest < 0) continue;
    keep.add(farthest);
    spans.push([a, farthest], [farthest, b]);
  }
}

function distanceToSegment(path: readonly number[], i: number, a: number, b: number): number {
  const [px, py] = [path[2 * i] ?? 0, path[2 * i + 1] ?? 0];
  const [ax, ay] = [path[2 * a] ?? 0, path[2 * a + 1] ?? 0];
  const [dx, dy] = [(path[2 * b] ?? 0) - ax, (path[2 * b + 1] ?? 0) - ay];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / length));
  return Math.hypot(px - ax - t * dx, py - ay - t * dy);
}

function kept(path: readonly number[], keep: ReadonlySet<number>): number[] {
  return path.filter((_, i) => keep.has(Math.floor(i / 2)));
}

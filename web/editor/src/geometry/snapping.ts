import type { Shape } from '../model/annotation.ts';
import { outlineOf } from './outline.ts';
import { nearestOnPath } from './polygon.ts';
import type { ImagePoint } from './spaces.ts';

/** A place on the outline of an object: in `path` of its outline, at the vertex `floor(position)` or beyond it on its edge. */
export type OnOutline = {
  readonly id: string;
  readonly path: number;
  readonly position: number;
};

export type Snap = { readonly point: ImagePoint; readonly on: OnOutline };

/** The nearest vertex within the distance, otherwise the nearest point on an edge; null = nothing is near. */
export function snapTo(
  objects: Iterable<{ readonly id: string; readonly shape: Shape }>,
  p: ImagePoint,
  distance: number,
): Snap | null {
  let vertex: Snap | null = null;
  let edge: Snap | null = null;
  let vertexDistance = distance;
  let edgeDistance = distance;
  for (const { id, shape } of objects) {
    if (!hasOutline(shape)) continue;
    const { paths, closed } = outlineOf(shape);
    paths.forEach((points, path) => {
      for (let i = 0; shape.kind !== 'ellipse' && i + 1 < points.length; i += 2) {
        const at = { x: points[i] ?? 0, y: points[i + 1] ?? 0 };
        const away = Math.hypot(at.x - p.x, at.y - p.y);
        if (away > vertexDistance) continue;
        vertexDistance = away;
        vertex = { point: at, on: { id, path, position: i / 2 } };
      }
      const nearest = nearestOnPath(points, closed, p);
      if (nearest.distance > edgeDistance || points.length < 4) return;
      edgeDistance = nearest.distance;
      edge = { point: nearest.point, on: { id, path, position: nearest.segment + along(points, nearest) } };
    });
  }
  return vertex ?? edge;
}

/** Shapes with an outline of straight or curved lines; masks, points and tags have none. */
function hasOutline({ kind }: Shape): boolean {
  return kind === 'polygon' || kind === 'polyline' || kind === 'box' || kind === 'rotatedBox' || kind === 'ellipse';
}

/** How far along its edge a point is, from 0 to just below 1. */
function along(points: readonly number[], { segment, point }: { segment: number; point: ImagePoint }): number {
  const count = points.length / 2;
  const next = (segment + 1) % count;
  const [ax, ay] = [points[2 * segment] ?? 0, points[2 * segment + 1] ?? 0];
  const length = Math.hypot((points[2 * next] ?? 0) - ax, (points[2 * next + 1] ?? 0) - ay);
  return length === 0 ? 0 : Math.min(0.999999, Math.hypot(point.x - ax, point.y - ay) / length);
}

/**
 * The vertices of a path that lie between two places on it, from the first to the second; on a closed path the shorter
 * way round, or with `longer` the other one.
 */
export function verticesBetween(
  points: readonly number[],
  closed: boolean,
  from: number,
  to: number,
  longer: boolean,
): number[] {
  const forward = walk(points, from, to, closed);
  if (!closed) return from <= to ? forward : reversed(walk(points, to, from, false));
  const backward = reversed(walk(points, to, from, true));
  const [a, b] = [lengthOf(points, forward, from, to), lengthOf(points, backward, from, to)];
  return a <= b !== longer ? forward : backward;
}

/** Vertices strictly after `from` and strictly before `to`, going up and, on a closed path, round. */
function walk(points: readonly number[], from: number, to: number, closed: boolean): number[] {
  const count = points.length / 2;
  const end = to > from || !closed ? to : to + count;
  const found: number[] = [];
  for (let i = Math.floor(from) + 1; i < end; i++) {
    const k = i % count;
    found.push(points[2 * k] ?? 0, points[2 * k + 1] ?? 0);
  }
  return found;
}

function reversed(points: readonly number[]): number[] {
  const turned: number[] = [];
  for (let i = points.length - 2; i >= 0; i -= 2) turned.push(points[i] ?? 0, points[i + 1] ?? 0);
  return turned;
}

function lengthOf(ring: readonly number[], between: readonly number[], from: number, to: number): number {
  const way = [...placeAt(ring, from), ...between, ...placeAt(ring, to)];
  let length = 0;
  for (let i = 2; i + 1 < way.length; i += 2) {
    length += Math.hypot((way[i] ?? 0) - (way[i - 2] ?? 0), (way[i + 1] ?? 0) - (way[i - 1] ?? 0));
  }
  return length;
}

function placeAt(points: readonly number[], position: number): [number, number] {
  const count = points.length / 2;
  const [i, share] = [Math.floor(position) % count, position - Math.floor(position)];
  const j = (i + 1) % count;
  const mix = (a: number, b: number) => a + share * (b - a);
  return [mix(points[2 * i] ?? 0, points[2 * j] ?? 0), mix(points[2 * i + 1] ?? 0, points[2 * j + 1] ?? 0)];
}

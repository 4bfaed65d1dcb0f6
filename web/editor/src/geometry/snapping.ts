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

/** `on` = every outline that runs through the point: where neighbours meet there are several. */
export type Snap = { readonly point: ImagePoint; readonly on: readonly OnOutline[] };

type Outlined = { readonly id: string; readonly shape: Shape };
type Place = { readonly point: ImagePoint; readonly on: OnOutline; readonly isVertex: boolean; readonly away: number };

/** Coordinates are kept to a thousandth of a pixel; what is nearer is the same place. */
const samePlace = 0.002;

/** The nearest vertex within the distance, otherwise the nearest point on an edge; null = nothing is near. */
export function snapTo(objects: readonly Outlined[], p: ImagePoint, distance: number): Snap | null {
  let best: Place | null = null;
  for (const place of placesNear(objects, p, distance)) {
    const isBetter = best === null || (place.isVertex === best.isVertex ? place.away < best.away : place.isVertex);
    if (isBetter) best = place;
  }
  return best && { point: best.point, on: placesNear(objects, best.point, samePlace).map(({ on }) => on) };
}

/** Of each path within the distance its nearest vertex or, if none is near enough, its nearest point. */
function placesNear(objects: readonly Outlined[], p: ImagePoint, distance: number): Place[] {
  return objects.flatMap(({ id, shape }) => {
    if (!hasOutline(shape)) return [];
    const { paths, closed } = outlineOf(shape);
    return paths.flatMap((points, path): Place[] => {
      const vertex = shape.kind === 'ellipse' ? null : nearestVertex(points, p);
      if (vertex !== null && vertex.away <= distance) {
        return [{ ...vertex, on: { id, path, position: vertex.index }, isVertex: true }];
      }
      const nearest = nearestOnPath(points, closed, p);
      if (nearest.distance > distance || points.length < 4) return [];
      const on = { id, path, position: nearest.segment + along(points, nearest) };
      return [{ point: nearest.point, on, isVertex: false, away: nearest.distance }];
    });
  });
}

function nearestVertex(points: readonly number[], p: ImagePoint) {
  let nearest: { readonly point: ImagePoint; readonly index: number; readonly away: number } | null = null;
  for (let i = 0; i + 1 < points.length; i += 2) {
    const point = { x: points[i] ?? 0, y: points[i + 1] ?? 0 };
    const away = Math.hypot(point.x - p.x, point.y - p.y);
    if (nearest === null || away < nearest.away) nearest = { point, index: i / 2, away };
  }
  return nearest;
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
  return pathLength([...placeAt(ring, from), ...between, ...placeAt(ring, to)]);
}

/** The length of an open path. */
export function pathLength(way: readonly number[]): number {
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

import polygonClipping, { type MultiPolygon, type Ring } from 'polygon-clipping';
import { contoursOf } from '../masks/contours.ts';
import type { PolygonPart, PolygonShape, Shape } from '../model/annotation.ts';
import { convexHull } from './hull.ts';
import { boundsOf, outlineOf, union } from './outline.ts';
import { ringArea } from './polygon.ts';

/**
 * The library's sweep loses its way where lines nearly meet. On a grid they do meet, or not: first as given, then on
 * ever coarser ones (pixels).
 */
const grids = [0, 2 ** -16, 2 ** -10, 2 ** -6];

/** Parts of less area, in square pixels, are noise of computing and left out. */
const leastArea = 1e-6;

/** The shape as a polygon, ellipses with 64 chords, masks along their pixels' edges; null for shapes without an inside. */
export function asPolygon(shape: Shape): PolygonShape | null {
  if (shape.kind === 'polygon') return shape;
  if (shape.kind === 'cuboid') return { kind: 'polygon', parts: [{ outer: convexHull(shape.corners), holes: [] }] };
  if (shape.kind === 'mask') return contoursOf(shape);
  if (shape.kind !== 'box' && shape.kind !== 'rotatedBox' && shape.kind !== 'ellipse') return null;
  return { kind: 'polygon', parts: outlineOf(shape).paths.map((outer) => ({ outer, holes: [] })) };
}

/** All that is in one of them; null when nothing is. */
export function united(polygons: readonly PolygonShape[]): PolygonShape | null {
  return combined(polygonClipping.union, polygons);
}

/** What is in the first and in none of the others; null when nothing is. */
export function subtracted(from: PolygonShape, others: readonly PolygonShape[]): PolygonShape | null {
  return combined(polygonClipping.difference, [from, ...others]);
}

/** What is in all of them; null when nothing is. */
export function intersected(polygons: readonly PolygonShape[]): PolygonShape | null {
  return combined(polygonClipping.intersection, polygons);
}

/**
 * The pieces of a polygon on both sides of a line, the largest first. The line is thought to go on straight beyond its
 * ends; one piece when it does not meet the polygon.
 */
export function cut(polygon: PolygonShape, line: readonly number[]): readonly PolygonShape[] {
  const side = besideLine(polygon, line);
  if (side === null) return [polygon];
  const pieces = [intersected([polygon, side]), subtracted(polygon, [side])].flatMap((half) => half?.parts ?? []);
  if (pieces.length <= polygon.parts.length) return [polygon];
  return pieces.sort((a, b) => partArea(b) - partArea(a)).map((part) => ({ kind: 'polygon', parts: [part] }));
}

type Operation = (first: MultiPolygon, ...others: MultiPolygon[]) => MultiPolygon;

function combined(operation: Operation, polygons: readonly PolygonShape[]): PolygonShape | null {
  let failure: unknown;
  for (const grid of grids) {
    const [first, ...others] = polygons.map((polygon) => toMulti(polygon, grid));
    if (first === undefined) return null;
    try {
      return fromMulti(operation(first, ...others));
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

/** Rings of a polygon that has no repeated points, as the server wants them; null when nothing is left. */
function fromMulti(multi: MultiPolygon): PolygonShape | null {
  const parts = multi.flatMap(([outer, ...holes]): PolygonPart[] => {
    if (outer === undefined) return [];
    const part = { outer: opened(outer), holes: holes.map(opened).filter((hole) => ringArea(hole) > leastArea) };
    return ringArea(part.outer) > leastArea ? [part] : [];
  });
  return parts.length === 0 ? null : { kind: 'polygon', parts };
}

function toMulti(polygon: PolygonShape, grid: number): MultiPolygon {
  return polygon.parts.map(({ outer, holes }) => [outer, ...holes].map((ring) => closed(ring, grid)));
}

function closed(ring: readonly number[], grid: number): Ring {
  const placed = (value = 0) => (grid === 0 ? value : Math.round(value / grid) * grid);
  const points: Ring = [];
  for (let i = 0; i + 1 < ring.length; i += 2) points.push([placed(ring[i]), placed(ring[i + 1])]);
  return points;
}

function opened(ring: Ring): number[] {
  return ring.slice(0, -1).flat();
}

/** All that lies to the left of a line within reach of the polygon; null for a line without length. */
function besideLine(polygon: PolygonShape, line: readonly number[]): PolygonShape | null {
  const bounds = union([boundsOf(polygon), boundsOf({ kind: 'polyline', points: line })]);
  const path = withoutRepeats(line);
  if (bounds === null || path.length < 4) return null;
  const reach = 2 * (bounds.right - bounds.left + bounds.bottom - bounds.top) + 1;
  const [ax, ay] = beyond(path, 2, 0, reach);
  const [bx, by] = beyond(path, path.length - 4, path.length - 2, reach);
  // Around the polygon, from the far end back to the near one, at a distance that nothing reaches.
  const [cx, cy] = [(bounds.left + bounds.right) / 2, (bounds.top + bounds.bottom) / 2];
  const [from, to] = [Math.atan2(by - cy, bx - cx), Math.atan2(ay - cy, ax - cx)];
  const sweep = to > from ? to - from : to - from + 2 * Math.PI;
  const radius = 4 * reach;
  const around = Array.from({ length: 9 }, (_, i) => from + (sweep * i) / 8).flatMap((angle) => [
    cx + radius * Math.cos(angle),
    cy + radius * Math.sin(angle),
  ]);
  return { kind: 'polygon', parts: [{ outer: [ax, ay, ...path, bx, by, ...around], holes: [] }] };
}

/** `reach` pixels past the point at `end`, coming from the one at `start`. */
function beyond(path: readonly number[], start: number, end: number, reach: number): [number, number] {
  const [x, y] = [path[end] ?? 0, path[end + 1] ?? 0];
  const [dx, dy] = [x - (path[start] ?? 0), y - (path[start + 1] ?? 0)];
  const length = Math.hypot(dx, dy);
  return [x + (dx / length) * reach, y + (dy / length) * reach];
}

function withoutRepeats(path: readonly number[]): number[] {
  const points: number[] = [];
  for (let i = 0; i + 1 < path.length; i += 2) {
    if (i > 0 && path[i] === points.at(-2) && path[i + 1] === points.at(-1)) continue;
    points.push(path[i] ?? 0, path[i + 1] ?? 0);
  }
  return points;
}

function partArea(part: PolygonPart): number {
  return part.holes.reduce((area, hole) => area - ringArea(hole), ringArea(part.outer));
}

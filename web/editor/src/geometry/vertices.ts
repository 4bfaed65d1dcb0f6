import type { Shape } from '../model/annotation.ts';
import { presentKeypoints } from './outline.ts';
import { nearestOnPath, ringsOf, withRing } from './polygon.ts';
import type { ImagePoint } from './spaces.ts';

/** A vertex that can be dragged by itself: of a ring (polygon), or of path 0 (all others). */
export type VertexRef = { readonly ring: number; readonly index: number };
export type Vertex = VertexRef & ImagePoint;

/** The draggable vertices of a shape; none for boxes, which have handles, and for masks, ellipses and tags. */
export function verticesOf(shape: Shape): readonly Vertex[] {
  switch (shape.kind) {
    case 'polygon':
      return ringsOf(shape).flatMap((ring, k) => verticesOfPath(ring, k));
    case 'polyline':
      return verticesOfPath(shape.points, 0);
    case 'cuboid':
      return verticesOfPath(shape.corners, 0);
    case 'keypoints':
      return presentKeypoints(shape).map(({ index, x, y }) => ({ ring: 0, index, x, y }));
    default:
      return [];
  }
}

/** The shape with one vertex elsewhere. */
export function withVertex(shape: Shape, { ring, index }: VertexRef, to: ImagePoint): Shape {
  switch (shape.kind) {
    case 'polygon': {
      const points = ringsOf(shape)[ring];
      return points === undefined ? shape : withRing(shape, ring, replaced(points, 2, index, to));
    }
    case 'polyline':
      return { ...shape, points: replaced(shape.points, 2, index, to) };
    case 'cuboid':
      return { ...shape, corners: replaced(shape.corners, 2, index, to) };
    case 'keypoints':
      return { ...shape, points: replaced(shape.points, 3, index, to) };
    default:
      return shape;
  }
}

/** The vertex between those before and after it on its path, as far as there are some. */
export function neighboursOf(shape: Shape, { ring, index }: VertexRef): readonly Vertex[] {
  if (shape.kind !== 'polygon' && shape.kind !== 'polyline') return [];
  const path = verticesOf(shape).filter((vertex) => vertex.ring === ring);
  const wrapped = (i: number) => (shape.kind === 'polygon' ? (i + path.length) % path.length : i);
  return [index - 1, index, index + 1].flatMap((i) => path[wrapped(i)] ?? []);
}

export type EdgePoint = { readonly ring: number; readonly segment: number; readonly point: ImagePoint };

/** Where a vertex could be inserted: the nearest point on an edge within `tolerance` image pixels. */
export function nearestEdge(shape: Shape, p: ImagePoint, tolerance: number): EdgePoint | null {
  const closed = shape.kind === 'polygon';
  const paths = shape.kind === 'polygon' ? ringsOf(shape) : shape.kind === 'polyline' ? [shape.points] : [];
  let best: EdgePoint | null = null;
  let limit = tolerance;
  paths.forEach((path, ring) => {
    const nearest = nearestOnPath(path, closed, p);
    if (nearest.distance <= limit) {
      limit = nearest.distance;
      best = { ring, segment: nearest.segment, point: nearest.point };
    }
  });
  return best;
}

/** The shape with a new vertex on an edge, and which one it is. */
export function withInsertedVertex(shape: Shape, edge: EdgePoint): { shape: Shape; vertex: VertexRef } | null {
  const index = edge.segment + 1;
  const insert = (points: readonly number[]) => [
    ...points.slice(0, 2 * index),
    edge.point.x,
    edge.point.y,
    ...points.slice(2 * index),
  ];
  const vertex = { ring: edge.ring, index };
  if (shape.kind === 'polyline') return { shape: { ...shape, points: insert(shape.points) }, vertex };
  if (shape.kind !== 'polygon') return null;
  const ring = ringsOf(shape)[edge.ring];
  return ring === undefined ? null : { shape: withRing(shape, edge.ring, insert(ring)), vertex };
}

/** The shape without one vertex; a hole or a part goes with its third. Null when nothing would be left. */
export function withoutVertex(shape: Shape, { ring, index }: VertexRef): Shape | null {
  const remove = (points: readonly number[]) => points.filter((_, i) => Math.floor(i / 2) !== index);
  if (shape.kind === 'polyline') {
    return shape.points.length > 4 ? { ...shape, points: remove(shape.points) } : null;
  }
  if (shape.kind !== 'polygon') return null;
  const points = ringsOf(shape)[ring];
  if (points === undefined) return null;
  const left = withRing(shape, ring, points.length > 6 ? remove(points) : null);
  return left.parts.length > 0 ? left : null;
}

function verticesOfPath(path: readonly number[], ring: number): Vertex[] {
  return Array.from({ length: path.length / 2 }, (_, index) => ({
    ring,
    index,
    x: path[2 * index] ?? 0,
    y: path[2 * index + 1] ?? 0,
  }));
}

function replaced(points: readonly number[], stride: number, index: number, to: ImagePoint): number[] {
  const copy = [...points];
  copy[stride * index] = to.x;
  copy[stride * index + 1] = to.y;
  return copy;
}

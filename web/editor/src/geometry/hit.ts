import type { Shape } from '../model/annotation.ts';
import { areaOf, contains, outlineOf } from './outline.ts';
import { nearestOnPath } from './polygon.ts';
import type { ImageBox, ImagePoint } from './spaces.ts';

/** Whether the point is inside the shape or within `tolerance` image pixels of its lines. */
export function hits(shape: Shape, p: ImagePoint, tolerance: number): boolean {
  if (contains(shape, p)) return true;
  if (shape.kind === 'mask') return false;
  const outline = outlineOf(shape);
  return outline.paths.some((path) => nearestOnPath(path, outline.closed, p).distance <= tolerance);
}

/** Whether any of the shape's lines or inside touches the box. A tag touches nothing. */
export function touches(shape: Shape, box: ImageBox): boolean {
  const corners = [box.left, box.top, box.right, box.top, box.right, box.bottom, box.left, box.bottom];
  const outline = outlineOf(shape);
  for (const path of outline.paths) {
    for (let i = 0; i < path.length; i += 2) {
      const x = path[i] ?? 0;
      const y = path[i + 1] ?? 0;
      if (x >= box.left && x <= box.right && y >= box.top && y <= box.bottom) return true;
    }
    if (pathsCross(path, outline.closed, corners)) return true;
  }
  return contains(shape, { x: box.left, y: box.top });
}

/** Of several shapes under the pointer: the smallest, and of equally large ones the topmost (the last). */
export function preferred<T extends { readonly shape: Shape }>(bottomToTop: readonly T[]): T | null {
  let best: T | null = null;
  let bestArea = Number.POSITIVE_INFINITY;
  for (const candidate of bottomToTop) {
    const area = areaOf(candidate.shape);
    if (area <= bestArea) {
      best = candidate;
      bestArea = area;
    }
  }
  return best;
}

function pathsCross(path: readonly number[], closed: boolean, box: readonly number[]): boolean {
  const count = path.length / 2;
  for (let i = 0; i < (closed ? count : count - 1); i++) {
    const j = (i + 1) % count;
    for (let k = 0; k < 4; k++) {
      const l = (k + 1) % 4;
      if (segmentsCross(at(path, i), at(path, j), at(box, k), at(box, l))) return true;
    }
  }
  return false;
}

function at(path: readonly number[], i: number): ImagePoint {
  return { x: path[2 * i] ?? 0, y: path[2 * i + 1] ?? 0 };
}

function segmentsCross(a: ImagePoint, b: ImagePoint, c: ImagePoint, d: ImagePoint): boolean {
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

function side(a: ImagePoint, b: ImagePoint, p: ImagePoint): number {
  return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
}

import type { KeypointsShape, Shape } from '../model/annotation.ts';
import { assertNever } from '../model/assert-never.ts';
import { cuboidFaces } from './cuboids.ts';
import { convexHull } from './hull.ts';
import { ringArea, ringsContain, ringsOf } from './polygon.ts';
import type { ImageBox, ImagePoint } from './spaces.ts';

/** The lines of a shape as flat coordinate lists; ellipses as 64 chords. Empty for a tag. */
export type Outline = { readonly paths: readonly (readonly number[])[]; readonly closed: boolean };

export function outlineOf(shape: Shape): Outline {
  switch (shape.kind) {
    case 'tag':
      return { paths: [], closed: false };
    case 'point':
      return { paths: [[shape.x, shape.y]], closed: false };
    case 'box':
    case 'mask': {
      const { x, y, width, height } = shape;
      return { paths: [[x, y, x + width, y, x + width, y + height, x, y + height]], closed: true };
    }
    case 'rotatedBox': {
      const w = shape.width / 2;
      const h = shape.height / 2;
      return { paths: [turned([-w, -h, w, -h, w, h, -w, h], shape)], closed: true };
    }
    case 'ellipse': {
      const points = Array.from({ length: 64 }, (_, i) => (i / 32) * Math.PI);
      return {
        paths: [
          turned(
            points.flatMap((a) => [shape.rx * Math.cos(a), shape.ry * Math.sin(a)]),
            shape,
          ),
        ],
        closed: true,
      };
    }
    case 'polygon':
      return { paths: ringsOf(shape), closed: true };
    case 'polyline':
      return { paths: [shape.points], closed: false };
    case 'keypoints':
      return { paths: presentKeypoints(shape).map((p) => [p.x, p.y]), closed: false };
    case 'cuboid':
      return { paths: cuboidFaces(shape.corners), closed: true };
    default:
      return assertNever(shape);
  }
}

/** Bounds in image pixels; null for a tag and for keypoints of which none is there. */
export function boundsOf(shape: Shape): ImageBox | null {
  switch (shape.kind) {
    case 'box':
    case 'mask':
      return { left: shape.x, top: shape.y, right: shape.x + shape.width, bottom: shape.y + shape.height };
    case 'polygon':
      return boundsOfPaths(ringsOf(shape));
    default:
      return boundsOfPaths(outlineOf(shape).paths);
  }
}

function boundsOfPaths(paths: readonly (readonly number[])[]): ImageBox | null {
  let left = Number.POSITIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (const path of paths) {
    for (let i = 0; i + 1 < path.length; i += 2) {
      const x = path[i] as number;
      const y = path[i + 1] as number;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
  }
  return left <= right ? { left, top, right, bottom } : null;
}

/** The smallest box around all of them; null when there is none. */
export function union(boxes: Iterable<ImageBox | null>): ImageBox | null {
  let all: ImageBox | null = null;
  for (const b of boxes) {
    if (b === null) continue;
    all = all === null ? b : growTo(all, b);
  }
  return all;
}

function growTo(a: ImageBox, b: ImageBox): ImageBox {
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  };
}

/** Area in square pixels; of the bounds where a shape has no area of its own. */
export function areaOf(shape: Shape): number {
  switch (shape.kind) {
    case 'polygon':
      return shape.parts.reduce(
        (sum, part) => part.holes.reduce((rest, hole) => rest - ringArea(hole), sum + ringArea(part.outer)),
        0,
      );
    case 'rotatedBox':
      return shape.width * shape.height;
    case 'ellipse':
      return Math.PI * shape.rx * shape.ry;
    case 'cuboid':
      return ringArea(convexHull(shape.corners));
    case 'point':
    case 'tag':
    case 'polyline':
      return 0;
    default: {
      const b = boundsOf(shape);
      return b === null ? 0 : (b.right - b.left) * (b.bottom - b.top);
    }
  }
}

/** Whether the point is inside; lines and points have no inside. */
export function contains(shape: Shape, p: ImagePoint): boolean {
  switch (shape.kind) {
    case 'tag':
    case 'point':
    case 'polyline':
    case 'keypoints':
      return false;
    case 'mask': {
      const x = Math.floor(p.x - shape.x);
      const y = Math.floor(p.y - shape.y);
      return x >= 0 && y >= 0 && x < shape.width && y < shape.height && pixelOfRuns(shape.runs, y * shape.width + x);
    }
    case 'cuboid':
      return ringsContain([convexHull(shape.corners)], p);
    default:
      return ringsContain(outlineOf(shape).paths, p);
  }
}

/** The keypoints that are there (visibility above 0), with their place in the skeleton. */
export function presentKeypoints(shape: KeypointsShape): { index: number; x: number; y: number; visible: boolean }[] {
  const present = [];
  for (let i = 0; i + 2 < shape.points.length; i += 3) {
    const visibility = shape.points[i + 2] ?? 0;
    if (visibility > 0) {
      present.push({ index: i / 3, x: shape.points[i] ?? 0, y: shape.points[i + 1] ?? 0, visible: visibility > 1 });
    }
  }
  return present;
}

function pixelOfRuns(runs: readonly number[], index: number): boolean {
  let end = 0;
  for (let i = 0; i < runs.length; i++) {
    end += runs[i] ?? 0;
    if (index < end) return i % 2 === 1;
  }
  return false;
}

function turned(offsets: readonly number[], at: { cx: number; cy: number; angle: number }): number[] {
  const cos = Math.cos(at.angle);
  const sin = Math.sin(at.angle);
  const points: number[] = [];
  for (let i = 0; i < offsets.length; i += 2) {
    const x = offsets[i] ?? 0;
    const y = offsets[i + 1] ?? 0;
    points.push(at.cx + x * cos - y * sin, at.cy + x * sin + y * cos);
  }
  return points;
}

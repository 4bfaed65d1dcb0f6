import type { Shape } from '../model/annotation.ts';
import { assertNever } from '../model/assert-never.ts';
import type { ImageBox, ImagePoint, Size } from './spaces.ts';

/** The shape moved by image pixels. Masks move by whole pixels. */
export function translated(shape: Shape, dx: number, dy: number): Shape {
  switch (shape.kind) {
    case 'tag':
      return shape;
    case 'point':
    case 'box':
      return { ...shape, x: shape.x + dx, y: shape.y + dy };
    case 'mask':
      return { ...shape, x: shape.x + Math.round(dx), y: shape.y + Math.round(dy) };
    case 'rotatedBox':
    case 'ellipse':
      return { ...shape, cx: shape.cx + dx, cy: shape.cy + dy };
    case 'polygon': {
      const moved = (ring: readonly number[]) => shifted(ring, 2, dx, dy);
      return {
        kind: 'polygon',
        parts: shape.parts.map((part) => ({ outer: moved(part.outer), holes: part.holes.map(moved) })),
      };
    }
    case 'polyline':
      return { ...shape, points: shifted(shape.points, 2, dx, dy) };
    case 'keypoints':
      return { ...shape, points: shifted(shape.points, 3, dx, dy) };
    case 'cuboid':
      return { ...shape, corners: shifted(shape.corners, 2, dx, dy) };
    default:
      return assertNever(shape);
  }
}

/**
 * The part of a movement after which `bounds` is still in the image.
 * What is outside already is never pulled in, and may come back in.
 */
export function limitMove(bounds: ImageBox, dx: number, dy: number, image: Size): ImagePoint {
  return {
    x: clamp(dx, Math.min(0, -bounds.left), Math.max(0, image.width - bounds.right)),
    y: clamp(dy, Math.min(0, -bounds.top), Math.max(0, image.height - bounds.bottom)),
  };
}

export function clampToImage(p: ImagePoint, image: Size): ImagePoint {
  return { x: clamp(p.x, 0, image.width), y: clamp(p.y, 0, image.height) };
}

/** The point, put onto an image border that is within `distance` image pixels. */
export function snapToBorder(p: ImagePoint, image: Size, distance: number): ImagePoint {
  return { x: snap(p.x, image.width, distance), y: snap(p.y, image.height, distance) };
}

function snap(value: number, size: number, distance: number): number {
  if (Math.abs(value) <= distance) return 0;
  return Math.abs(value - size) <= distance ? size : value;
}

/**
 * A coordinate to a thousandth of an image pixel: finer than any hand at any zoom, and without the noise of converting
 * from the screen.
 */
export function tidy(value: number): number {
  return Math.round(value * 1000) / 1000;
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

function shifted(points: readonly number[], stride: number, dx: number, dy: number): number[] {
  return points.map((value, i) => (i % stride === 0 ? value + dx : i % stride === 1 ? value + dy : value));
}

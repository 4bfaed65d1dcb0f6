import type { BoxShape, EllipseShape, RotatedBoxShape, Shape } from '../model/annotation.ts';
import { type BoxHandle, boxBetween, handlePoint, pulled } from './box-handles.ts';
import type { ImagePoint } from './spaces.ts';

export type FramedShape = BoxShape | RotatedBoxShape | EllipseShape;

/** A turned rectangle: what boxes, rotated boxes and ellipses are pulled by. `angle` in radians, clockwise on the screen. */
export type Frame = {
  readonly cx: number;
  readonly cy: number;
  readonly width: number;
  readonly height: number;
  readonly angle: number;
};

export function isFramed(shape: Shape): shape is FramedShape {
  return shape.kind === 'box' || shape.kind === 'rotatedBox' || shape.kind === 'ellipse';
}

export function frameOf(shape: FramedShape): Frame {
  switch (shape.kind) {
    case 'box': {
      const { x, y, width, height } = shape;
      return { cx: x + width / 2, cy: y + height / 2, width, height, angle: 0 };
    }
    case 'rotatedBox': {
      const { cx, cy, width, height, angle } = shape;
      return { cx, cy, width, height, angle };
    }
    case 'ellipse':
      return { cx: shape.cx, cy: shape.cy, width: 2 * shape.rx, height: 2 * shape.ry, angle: shape.angle };
  }
}

/** The shape in another frame; a box stays upright. */
export function withFrame(shape: FramedShape, { cx, cy, width, height, angle }: Frame): FramedShape {
  switch (shape.kind) {
    case 'box':
      return { kind: 'box', x: cx - width / 2, y: cy - height / 2, width, height };
    case 'rotatedBox':
      return { kind: 'rotatedBox', cx, cy, width, height, angle };
    case 'ellipse':
      return { kind: 'ellipse', cx, cy, rx: width / 2, ry: height / 2, angle };
  }
}

/** Where a handle of the shape is. */
export function handleOf(shape: FramedShape, handle: BoxHandle): ImagePoint {
  if (shape.kind === 'box') return handlePoint(shape, handle);
  const frame = frameOf(shape);
  return outOf(frame, handlePoint(inner(frame), handle));
}

/** The shape with the handle at `to`; the opposite side or corner stays where it is. */
export function pulledBy(shape: FramedShape, handle: BoxHandle, to: ImagePoint): FramedShape {
  if (shape.kind === 'box') return pulled(shape, handle, to);
  const frame = frameOf(shape);
  const box = pulled(inner(frame), handle, into(frame, to));
  const middle = outOf(frame, { x: box.x + box.width / 2, y: box.y + box.height / 2 });
  return withFrame(shape, { ...frame, cx: middle.x, cy: middle.y, width: box.width, height: box.height });
}

/** Where a shape is turned by: above the middle of its top side. Upright boxes are not turned. */
export function turnHandle(shape: FramedShape, away: number): ImagePoint | null {
  if (shape.kind === 'box') return null;
  const frame = frameOf(shape);
  return outOf(frame, { x: 0, y: -frame.height / 2 - away });
}

/** The shape turned so that its top side looks at `to`; with `step`, to the next multiple of so many radians. */
export function turnedTo(shape: FramedShape, to: ImagePoint, step: number | null): FramedShape {
  const frame = frameOf(shape);
  const angle = Math.atan2(to.y - frame.cy, to.x - frame.cx) + Math.PI / 2;
  return withFrame(shape, { ...frame, angle: normalAngle(step === null ? angle : Math.round(angle / step) * step) });
}

/** The same direction, above −π and up to π. */
export function normalAngle(angle: number): number {
  const turned = angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
  return turned <= -Math.PI ? turned + 2 * Math.PI : turned;
}

/** A box with the side from `a` to `b` and the opposite side through `p`; null when it would have no area. */
export function rotatedBoxThrough(a: ImagePoint, b: ImagePoint, p: ImagePoint): RotatedBoxShape | null {
  const width = Math.hypot(b.x - a.x, b.y - a.y);
  if (width === 0) return null;
  const [nx, ny] = [-(b.y - a.y) / width, (b.x - a.x) / width];
  const depth = (p.x - a.x) * nx + (p.y - a.y) * ny;
  if (depth === 0) return null;
  return {
    kind: 'rotatedBox',
    cx: (a.x + b.x) / 2 + (nx * depth) / 2,
    cy: (a.y + b.y) / 2 + (ny * depth) / 2,
    width,
    height: Math.abs(depth),
    // The first side is the top one: a box drawn upwards is the same box, turned around.
    angle: normalAngle(Math.atan2(b.y - a.y, b.x - a.x) + (depth < 0 ? Math.PI : 0)),
  };
}

/** The point at the same distance from `from`, in the direction of the next multiple of `step` radians. */
export function inSteps(from: ImagePoint, to: ImagePoint, step: number): ImagePoint {
  const angle = Math.round(Math.atan2(to.y - from.y, to.x - from.x) / step) * step;
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  return { x: from.x + length * Math.cos(angle), y: from.y + length * Math.sin(angle) };
}

/** The frame's own rectangle, about its centre. */
function inner({ width, height }: Frame): BoxShape {
  return boxBetween({ x: -width / 2, y: -height / 2 }, { x: width / 2, y: height / 2 });
}

function into({ cx, cy, angle }: Frame, p: ImagePoint): ImagePoint {
  const [cos, sin, dx, dy] = [Math.cos(angle), Math.sin(angle), p.x - cx, p.y - cy];
  return { x: dx * cos + dy * sin, y: dy * cos - dx * sin };
}

function outOf({ cx, cy, angle }: Frame, p: ImagePoint): ImagePoint {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return { x: cx + p.x * cos - p.y * sin, y: cy + p.x * sin + p.y * cos };
}

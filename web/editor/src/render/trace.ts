import { cuboidLines } from '../geometry/cuboids.ts';
import { outlineOf } from '../geometry/outline.ts';
import { ringsOf } from '../geometry/polygon.ts';
import { contoursOf } from '../masks/contours.ts';
import type { CuboidShape, MaskShape, Shape } from '../model/annotation.ts';

/** From image to canvas pixels: `canvas = image × scale + (x, y)`. */
export type Placement = { readonly scale: number; readonly x: number; readonly y: number };

export type PathContext = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Square of the distance in canvas pixels that a vertex must have from the one drawn before. */
const spacing = 1.5 * 1.5;

/** Begins a path along the shape's lines (of a cuboid: around what it covers), without vertices that the screen cannot tell from their predecessor. */
export function trace(context: PathContext, shape: Shape, placement: Placement): void {
  context.beginPath();
  const { scale, x, y } = placement;
  switch (shape.kind) {
    case 'box':
      context.rect(shape.x * scale + x, shape.y * scale + y, shape.width * scale, shape.height * scale);
      return;
    case 'ellipse':
      context.ellipse(
        shape.cx * scale + x,
        shape.cy * scale + y,
        shape.rx * scale,
        shape.ry * scale,
        shape.angle,
        0,
        2 * Math.PI,
      );
      return;
    case 'mask': {
      for (const ring of maskOutline(shape)) tracePath(context, ring, true, placement);
      return;
    }
    case 'polygon':
      for (const part of shape.parts) {
        tracePath(context, part.outer, true, placement);
        for (const hole of part.holes) tracePath(context, hole, true, placement);
      }
      return;
    case 'cuboid':
      tracePath(context, cuboidLines(shape.corners).outline, true, placement);
      return;
    default: {
      const outline = outlineOf(shape);
      for (const path of outline.paths) tracePath(context, path, outline.closed, placement);
    }
  }
}

/** Draws a cuboid's edges: those behind it dashed, so that its front is the one that is seen. */
export function strokeCuboid(context: PathContext, { corners }: CuboidShape, placement: Placement, dash: number): void {
  const { seen, hidden } = cuboidLines(corners);
  const stroke = (lines: readonly (readonly number[])[]) => {
    context.beginPath();
    for (const line of lines) tracePath(context, line, false, placement);
    context.stroke();
  };
  stroke(seen);
  if (hidden.length === 0) return;
  const dashes = context.getLineDash();
  context.setLineDash([dash, dash]);
  stroke(hidden);
  context.setLineDash(dashes);
}

/** Masks of more runs are outlined by their boxes: their pixels are no line that the eye could follow. */
const mostOutlinedRuns = 20_000;
const outlines = new WeakMap<MaskShape, readonly (readonly number[])[]>();

/** Whether the mask is outlined along its pixels. */
export function hasOutline({ runs }: MaskShape): boolean {
  return runs.length <= mostOutlinedRuns;
}

/** The rings around the mask's pixels; kept as long as the shape lives. */
function maskOutline(shape: MaskShape): readonly (readonly number[])[] {
  const known = outlines.get(shape);
  if (known !== undefined) return known;
  const polygon = hasOutline(shape) ? contoursOf(shape) : null;
  const rings = polygon === null ? outlineOf(shape).paths : ringsOf(polygon);
  outlines.set(shape, rings);
  return rings;
}

/** Adds one coordinate list to the current path. */
export function tracePath(context: PathContext, path: readonly number[], closed: boolean, placement: Placement): void {
  const { scale, x: dx, y: dy } = placement;
  const end = path.length - 2;
  let lastX = 0;
  let lastY = 0;
  for (let i = 0; i <= end; i += 2) {
    const x = (path[i] ?? 0) * scale + dx;
    const y = (path[i + 1] ?? 0) * scale + dy;
    if (i === 0) context.moveTo(x, y);
    else if (i < end && (x - lastX) * (x - lastX) + (y - lastY) * (y - lastY) < spacing) continue;
    else context.lineTo(x, y);
    lastX = x;
    lastY = y;
  }
  if (closed) context.closePath();
}

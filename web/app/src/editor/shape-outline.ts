import type { Shape } from '@plumbline/editor';

/** Edges in image pixels. */
export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The shape as rings of flat `x, y, …` coordinates in image pixels, for small previews; none for a tag. */
export function outlineRings(shape: Shape): readonly (readonly number[])[] {
  switch (shape.kind) {
    case 'tag':
      return [];
    case 'point':
      return [circle(shape.x, shape.y, 2, 2, 0)];
    case 'box':
    case 'mask': {
      const { x, y, width, height } = shape;
      return [[x, y, x + width, y, x + width, y + height, x, y + height]];
    }
    case 'rotatedBox': {
      const [w, h] = [shape.width / 2, shape.height / 2];
      return [turned([-w, -h, w, -h, w, h, -w, h], shape)];
    }
    case 'ellipse':
      return [circle(shape.cx, shape.cy, shape.rx, shape.ry, shape.angle)];
    case 'polygon':
      return shape.parts.flatMap((part) => [part.outer, ...part.holes]);
    case 'polyline':
      return [shape.points];
    case 'keypoints': {
      const rings: (readonly number[])[] = [];
      for (let i = 0; i + 2 < shape.points.length; i += 3) {
        if ((shape.points[i + 2] ?? 0) > 0) rings.push(circle(shape.points[i] ?? 0, shape.points[i + 1] ?? 0, 2, 2, 0));
      }
      return rings;
    }
    case 'cuboid':
      return [shape.corners.slice(0, 8), shape.corners.slice(8, 16)];
  }
}

/** The smallest box around all the shapes; null when none has an extent. */
export function boundsOf(shapes: readonly Shape[]): Bounds | null {
  const all = shapes.flatMap((shape) => outlineRings(shape)).flat();
  if (all.length < 2) return null;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i + 1 < all.length; i += 2) {
    const [x, y] = [all[i] ?? 0, all[i + 1] ?? 0];
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return { left, top, right, bottom };
}

/** SVG path data of rings, closed unless the shape is a line. */
export function pathData(shape: Shape): string {
  const end = shape.kind === 'polyline' ? '' : 'Z';
  return outlineRings(shape)
    .map((ring) => {
      const points: string[] = [];
      for (let i = 0; i + 1 < ring.length; i += 2) points.push(`${ring[i]} ${ring[i + 1]}`);
      return points.length === 0 ? '' : `M${points.join('L')}${end}`;
    })
    .join('');
}

function circle(cx: number, cy: number, rx: number, ry: number, angle: number): number[] {
  const points: number[] = [];
  for (let i = 0; i < 32; i++) points.push(rx * Math.cos((i * Math.PI) / 16), ry * Math.sin((i * Math.PI) / 16));
  return turned(points, { cx, cy, angle });
}

function turned(points: readonly number[], { cx, cy, angle }: { cx: number; cy: number; angle: number }): number[] {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const result: number[] = [];
  for (let i = 0; i + 1 < points.length; i += 2) {
    const [x, y] = [points[i] ?? 0, points[i + 1] ?? 0];
    result.push(cx + x * cos - y * sin, cy + x * sin + y * cos);
  }
  return result;
}

import { asMask } from '../masks/combining.ts';
import type { Shape } from '../model/annotation.ts';
import { type Frame, frameOf, isFramed, withFrame } from './frames.ts';
import { leastRectangle } from './hull.ts';
import { boundsOf, outlineOf } from './outline.ts';
import { ringArea } from './polygon.ts';
import { asPolygon } from './polygon-algebra.ts';
import type { Size } from './spaces.ts';

/** The kinds that shapes can be converted to. */
export type ConvertibleKind = 'box' | 'rotatedBox' | 'ellipse' | 'polygon' | 'polyline' | 'point' | 'mask';

/** The same object as another kind of shape, as near as that kind can be; null where there is no such shape. */
export function converted(shape: Shape, kind: ConvertibleKind, image: Size): Shape | null {
  if (shape.kind === kind) return shape;
  const bounds = boundsOf(shape);
  if (bounds === null) return null;
  switch (kind) {
    case 'box': {
      const [width, height] = [bounds.right - bounds.left, bounds.bottom - bounds.top];
      return width === 0 || height === 0 ? null : { kind, x: bounds.left, y: bounds.top, width, height };
    }
    case 'rotatedBox': {
      const frame = frameAround(shape);
      return frame === null ? null : withFrame({ kind, ...frame }, frame);
    }
    case 'ellipse': {
      const frame = frameAround(shape);
      return frame === null ? null : withFrame({ kind, cx: 0, cy: 0, rx: 0, ry: 0, angle: 0 }, frame);
    }
    case 'polygon':
      if (shape.kind !== 'polyline') return asPolygon(shape);
      return shape.points.length < 6 || ringArea(shape.points) === 0
        ? null
        : { kind, parts: [{ outer: shape.points, holes: [] }] };
    case 'polyline': {
      const [outer] = asPolygon(shape)?.parts ?? [];
      return outer === undefined ? null : { kind, points: [...outer.outer, ...outer.outer.slice(0, 2)] };
    }
    case 'mask':
      return asMask(shape, image);
    case 'point':
      return { kind, x: (bounds.left + bounds.right) / 2, y: (bounds.top + bounds.bottom) / 2 };
  }
}

function frameAround(shape: Shape): Frame | null {
  return isFramed(shape) ? frameOf(shape) : leastRectangle(outlineOf(shape).paths.flat());
}

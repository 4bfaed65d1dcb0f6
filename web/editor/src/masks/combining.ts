import { asPolygon } from '../geometry/polygon-algebra.ts';
import type { Size } from '../geometry/spaces.ts';
import type { MaskShape, Shape } from '../model/annotation.ts';
import { maskOfPolygon } from './rasterize.ts';

/** The pixels of the image whose centres are in the shape; null where there is none, or the shape has no inside. */
export function asMask(shape: Shape, image: Size): MaskShape | null {
  if (shape.kind === 'mask') return shape;
  const polygon = asPolygon(shape);
  return polygon === null ? null : maskOfPolygon(polygon, image);
}

/** Whether the shape can be a polygon or a mask. */
export function hasInside({ kind }: Shape): boolean {
  return kind !== 'tag' && kind !== 'point' && kind !== 'polyline' && kind !== 'keypoints';
}

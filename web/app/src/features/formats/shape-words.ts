import type { ShapeKind } from '../../api/types.ts';
import { formatNumber } from '../../ui/format.ts';

const plurals: Readonly<Record<ShapeKind, readonly [string, string]>> = {
  tag: ['image tag', 'image tags'],
  point: ['point', 'points'],
  box: ['box', 'boxes'],
  rotatedBox: ['rotated box', 'rotated boxes'],
  ellipse: ['ellipse', 'ellipses'],
  polygon: ['polygon', 'polygons'],
  polyline: ['line', 'lines'],
  keypoints: ['skeleton', 'skeletons'],
  mask: ['mask', 'masks'],
  cuboid: ['cuboid', 'cuboids'],
};

/** `1 box`, `2,000 boxes`. */
export const countOfShapes = (kind: ShapeKind, count: number): string =>
  `${formatNumber(count)} ${plurals[kind][count === 1 ? 0 : 1]}`;

/** `boxes`. */
export const shapesOf = (kind: ShapeKind): string => plurals[kind][1];

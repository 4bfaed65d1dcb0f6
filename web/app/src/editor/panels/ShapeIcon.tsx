import {
  IconBrush,
  IconCube,
  IconLine,
  IconOvalVertical,
  IconPointFilled,
  IconPolygon,
  IconRectangle,
  IconSquareRotated,
  IconTag,
  IconTimeline,
} from '@tabler/icons-react';
import type { ShapeKind } from '../../api/types.ts';
import { shapeNames } from '../../features/ontology/ShapesField.tsx';

/** The sign of each kind of shape. */
export const shapeIcons: Readonly<Record<ShapeKind, typeof IconTag>> = {
  tag: IconTag,
  point: IconPointFilled,
  box: IconRectangle,
  rotatedBox: IconSquareRotated,
  ellipse: IconOvalVertical,
  polygon: IconPolygon,
  polyline: IconLine,
  keypoints: IconTimeline,
  mask: IconBrush,
  cuboid: IconCube,
};

export function ShapeIcon({ kind }: { readonly kind: ShapeKind }) {
  const Icon = shapeIcons[kind];
  return <Icon size={14} stroke={1.6} style={{ flexShrink: 0 }} role="img" aria-label={shapeNames[kind]} />;
}

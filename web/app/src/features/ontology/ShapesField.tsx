import { Chip, Group, Input } from '@mantine/core';
import type { ShapeKind } from '../../api/types.ts';

export const shapeNames: Readonly<Record<ShapeKind, string>> = {
  tag: 'Image tag',
  point: 'Point',
  box: 'Box',
  rotatedBox: 'Rotated box',
  ellipse: 'Ellipse',
  polygon: 'Polygon',
  polyline: 'Line',
  keypoints: 'Keypoints',
  mask: 'Mask',
  cuboid: 'Cuboid',
};

const kinds = Object.keys(shapeNames) as ShapeKind[];

export interface ShapesFieldProps {
  readonly value: readonly ShapeKind[];
  readonly error: string | undefined;
  readonly onChange: (shapes: readonly ShapeKind[]) => void;
}

/** Which shapes a class may take; none chosen means all. */
export function ShapesField({ value, error, onChange }: ShapesFieldProps) {
  return (
    <Input.Wrapper
      labelElement="div"
      label="Shapes"
      error={error}
      description={value.length === 0 ? 'Any shape is allowed.' : 'Only these may be drawn.'}
    >
      <Group gap={6} mt={6}>
        {kinds.map((kind) => (
          <Chip
            key={kind}
            size="xs"
            checked={value.includes(kind)}
            onChange={(checked) => onChange(kinds.filter((k) => (k === kind ? checked : value.includes(k))))}
          >
            {shapeNames[kind]}
          </Chip>
        ))}
      </Group>
    </Input.Wrapper>
  );
}

import type { BoxShape, CuboidShape } from '../model/annotation.ts';
import { convexHull } from './hull.ts';
import { ringsContain } from './polygon.ts';
import type { ImagePoint } from './spaces.ts';

/** Corners by place: front face clockwise from its top left, then the back face in the same order. */
const faces = [
  [0, 1, 2, 3],
  [4, 5, 6, 7],
  [0, 1, 5, 4],
  [3, 2, 6, 7],
  [0, 3, 7, 4],
  [1, 2, 6, 5],
] as const;

const edges = [
  ...[0, 1, 2, 3].map((i) => [i, (i + 1) % 4] as const),
  ...[0, 1, 2, 3].map((i) => [4 + i, 4 + ((i + 1) % 4)] as const),
  ...[0, 1, 2, 3].map((i) => [i, 4 + i] as const),
];

/** What a cuboid is pulled by besides its corners: all corners of a face or an edge move together. */
export type CuboidGrip = {
  readonly kind: 'face' | 'edge';
  readonly corners: readonly number[];
  readonly at: ImagePoint;
};

/** A cuboid whose back face is as large as its front. */
export function cuboidBehind({ x, y, width, height }: BoxShape, dx: number, dy: number): CuboidShape {
  const front = [x, y, x + width, y, x + width, y + height, x, y + height];
  return { kind: 'cuboid', corners: [...front, ...front.map((value, i) => value + (i % 2 === 0 ? dx : dy))] };
}

/** The faces as closed coordinate lists: front, back, and those between them. */
export function cuboidFaces(corners: readonly number[]): number[][] {
  return faces.map((face) => face.flatMap((c) => pointOf(corners, c)));
}

/** Faces before edges, front before back. */
export function cuboidGrips(corners: readonly number[]): readonly CuboidGrip[] {
  const grip = (kind: CuboidGrip['kind'], places: readonly number[]): CuboidGrip => {
    const points = places.map((c) => pointOf(corners, c));
    const mean = (i: 0 | 1) => points.reduce((sum, p) => sum + p[i], 0) / points.length;
    return { kind, corners: places, at: { x: mean(0), y: mean(1) } };
  };
  return [...faces.map((face) => grip('face', face)), ...edges.map((edge) => grip('edge', edge))];
}

/** The cuboid with some of its corners moved. */
export function withCornersMoved({ corners }: CuboidShape, which: readonly number[], by: ImagePoint): CuboidShape {
  const moved = corners.map((value, i) => (which.includes(i >> 1) ? value + (i % 2 === 0 ? by.x : by.y) : value));
  return { kind: 'cuboid', corners: moved };
}

/** How a cuboid is drawn: what it covers, its front, the edges that are seen and those behind it. */
export type CuboidLines = {
  readonly outline: readonly number[];
  readonly front: readonly number[];
  readonly seen: readonly (readonly number[])[];
  readonly hidden: readonly (readonly number[])[];
};

/** Edges at a back corner inside of the outline are behind the object. */
export function cuboidLines(corners: readonly number[]): CuboidLines {
  const outline = convexHull(corners);
  const onOutline = new Set(
    Array.from({ length: outline.length / 2 }, (_, i) => `${outline[2 * i]} ${outline[2 * i + 1]}`),
  );
  const isHidden = (c: number) => {
    const [x, y] = pointOf(corners, c);
    return c > 3 && !onOutline.has(`${x} ${y}`) && ringsContain([outline], { x, y });
  };
  const lines = edges.map(([a, b]) => ({
    line: [...pointOf(corners, a), ...pointOf(corners, b)],
    hidden: isHidden(a) || isHidden(b),
  }));
  return {
    outline,
    front: corners.slice(0, 8),
    seen: lines.filter(({ hidden }) => !hidden).map(({ line }) => line),
    hidden: lines.filter(({ hidden }) => hidden).map(({ line }) => line),
  };
}

function pointOf(corners: readonly number[], c: number): [number, number] {
  return [corners[2 * c] ?? 0, corners[2 * c + 1] ?? 0];
}

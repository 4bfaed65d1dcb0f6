import { type BoxHandle, boxHandles } from '../geometry/box-handles.ts';
import { cuboidGrips, withCornersMoved } from '../geometry/cuboids.ts';
import { type FramedShape, frameOf, handleOf, isFramed, pulledBy, turnedTo, turnHandle } from '../geometry/frames.ts';
import { limitMove, tidy, translated } from '../geometry/moving.ts';
import { boundsOf, union } from '../geometry/outline.ts';
import { nearestOnPath } from '../geometry/polygon.ts';
import type { ImageBox, ImagePoint, ScreenPoint } from '../geometry/spaces.ts';
import {
  type EdgePoint,
  nearestEdge,
  neighboursOf,
  type Vertex,
  verticesOf,
  withInsertedVertex,
  withVertex,
} from '../geometry/vertices.ts';
import type { CuboidShape, EditorRecord, Shape } from '../model/annotation.ts';
import type { ToolContext, ToolPointer, VertexOf } from './tool.ts';

const grip = 7;
const edgeGrip = 5;
const atPress: ImagePoint = { x: 0, y: 0 };
/** How far above a shape its turning handle is, in CSS pixels. */
export const turnDistance = 26;
/** Turning with Shift goes by this, in radians. */
export const turningStep = Math.PI / 12;

/** A change of shapes that follows the pointer. */
export type Reshaping = {
  readonly kind: 'move' | 'resize' | 'turn' | 'vertex' | 'insert' | 'corners';
  readonly label: string;
  readonly cursor: string;
  /** From the press to what it took hold of, in image pixels: kept, so that nothing jumps to the pointer. */
  readonly offset: ImagePoint;
  /** The records as they are with what was taken hold of here. */
  at(p: ImagePoint, pointer: ToolPointer): readonly EditorRecord[];
  readonly vertex: VertexOf | null;
  /** The objects that it changes. */
  readonly ids: readonly string[];
};

/** What a press on the only selected object would take hold of: a handle, a vertex or an edge; null = nothing of these. */
export function gripAt(context: ToolContext, record: EditorRecord, screen: ScreenPoint): Reshaping | null {
  const isNear = (p: ImagePoint) => {
    const q = context.camera.toScreen(p);
    return Math.abs(q.x - screen.x) <= grip && Math.abs(q.y - screen.y) <= grip;
  };
  const { shape } = record;
  const press = context.camera.toImage(screen);
  const to = (p: ImagePoint): ImagePoint => ({ x: p.x - press.x, y: p.y - press.y });
  if (isFramed(shape)) {
    const handle = boxHandles.find((h) => isNear(handleOf(shape, h)));
    if (handle !== undefined) {
      return { ...resizing(context, record, shape, handle), offset: to(handleOf(shape, handle)) };
    }
    const turn = turnHandle(shape, turnDistance / context.camera.scale);
    return turn === null || !isNear(turn) ? null : { ...turning(context, record, shape), offset: to(turn) };
  }
  const vertex = verticesOf(shape).findLast(isNear);
  if (vertex !== undefined) return { ...movingVertex(context, record, shape, vertex), offset: to(vertex) };
  if (shape.kind === 'cuboid') return cornersAt(context, record, shape, isNear, press);
  const edge = nearestEdge(shape, press, edgeGrip / context.camera.scale);
  return edge === null ? null : insertingVertex(context, record, edge);
}

/** Moves the records by the way from `start` to the pointer, all together no further than the image's border. */
export function moving(context: ToolContext, records: readonly EditorRecord[], start: ImagePoint): Reshaping {
  const bounds = union(records.map((record) => boundsOf(record.shape)));
  return {
    kind: 'move',
    label: records.length === 1 ? 'Move object' : `Move ${records.length} objects`,
    cursor: 'move',
    offset: atPress,
    vertex: null,
    ids: records.map(({ id }) => id),
    at(p) {
      if (bounds === null) return records;
      const by = limitMove(bounds, tidy(p.x - start.x), tidy(p.y - start.y), context.image);
      return records.map((record) => context.reshaped(record, translated(record.shape, by.x, by.y)));
    },
  };
}

function resizing(context: ToolContext, record: EditorRecord, shape: FramedShape, handle: BoxHandle): Reshaping {
  return {
    kind: 'resize',
    label: shape.kind === 'ellipse' ? 'Resize ellipse' : 'Resize box',
    cursor: resizeCursor(handle, frameOf(shape).angle),
    offset: atPress,
    vertex: null,
    ids: [record.id],
    at(p) {
      const pulled = pulledBy(shape, handle, p);
      const { width, height } = frameOf(pulled);
      return width === 0 || height === 0 ? [record] : [context.reshaped(record, pulled)];
    },
  };
}

function turning(context: ToolContext, record: EditorRecord, shape: FramedShape): Reshaping {
  return {
    kind: 'turn',
    label: 'Turn',
    cursor: 'grab',
    offset: atPress,
    vertex: null,
    ids: [record.id],
    at: (p, { shift }) => [context.reshaped(record, turnedTo(shape, p, shift ? turningStep : null))],
  };
}

/** Moves a vertex, and with it the other chosen ones of the object. */
function movingVertex(context: ToolContext, record: EditorRecord, shape: Shape, vertex: Vertex): Reshaping {
  const chosen = context.activeVertices.filter(({ id }) => id === record.id);
  const isChosen = (v: Vertex) => chosen.some(({ ring, index }) => ring === v.ring && index === v.index);
  return movingVertices(
    context,
    record,
    shape,
    vertex,
    isChosen(vertex) ? verticesOf(shape).filter(isChosen) : [vertex],
  );
}

/** With Ctrl a single vertex slides along its edges. */
function movingVertices(
  context: ToolContext,
  record: EditorRecord,
  shape: Shape,
  vertex: Vertex,
  together: readonly Vertex[],
): Reshaping {
  const shared = context.drawing.sharedBorders && together.length === 1 ? sharing(context, record, vertex) : [];
  return {
    kind: 'vertex',
    label: together.length > 1 ? `Move ${together.length} vertices` : 'Move vertex',
    cursor: 'pointer',
    offset: atPress,
    vertex: { id: record.id, ring: vertex.ring, index: vertex.index },
    ids: [record.id, ...shared.map((other) => other.record.id)],
    at(p, pointer) {
      const to = pointer.ctrl && together.length === 1 ? alongEdges(shape, vertex, p) : p;
      const by = limitMove(around(together), to.x - vertex.x, to.y - vertex.y, context.image);
      // Exactly there, so that it stays on what it was drawn to.
      const place = (v: Vertex) => (together.length === 1 ? to : { x: v.x + by.x, y: v.y + by.y });
      const moved = together.reduce((s, v) => withVertex(s, v, place(v)), shape);
      const others = shared.map(({ record: other, vertex: v }) =>
        context.reshaped(other, withVertex(other.shape, v, to)),
      );
      return [context.reshaped(record, moved), ...others];
    },
  };
}

/** A face or an edge of a cuboid: its corners move together. */
function cornersAt(
  context: ToolContext,
  record: EditorRecord,
  shape: CuboidShape,
  isNear: (p: ImagePoint) => boolean,
  press: ImagePoint,
): Reshaping | null {
  const held = cuboidGrips(shape.corners).find(({ at }) => isNear(at));
  if (held === undefined) return null;
  const points = verticesOf(shape).filter(({ index }) => held.corners.includes(index));
  return {
    kind: 'corners',
    label: `Move ${held.kind}`,
    cursor: 'move',
    offset: atPress,
    vertex: null,
    ids: [record.id],
    at(p) {
      const by = limitMove(around(points), tidy(p.x - press.x), tidy(p.y - press.y), context.image);
      return [context.reshaped(record, withCornersMoved(shape, held.corners, by))];
    },
  };
}

function insertingVertex(context: ToolContext, record: EditorRecord, edge: EdgePoint): Reshaping | null {
  const inserted = withInsertedVertex(record.shape, edge);
  if (inserted === null) return null;
  const vertex = { ...inserted.vertex, ...edge.point };
  return {
    ...movingVertices(context, record, inserted.shape, vertex, [vertex]),
    kind: 'insert',
    label: 'Insert vertex',
    cursor: 'copy',
  };
}

/** Vertices of other objects at exactly the same place. */
function sharing(context: ToolContext, record: EditorRecord, p: ImagePoint) {
  return context.within({ left: p.x, top: p.y, right: p.x, bottom: p.y }).flatMap((other) => {
    const vertex = verticesOf(other.shape).find((v) => v.x === p.x && v.y === p.y);
    return other.id === record.id || vertex === undefined ? [] : [{ record: other, vertex }];
  });
}

/** The nearest point on the two edges that meet in the vertex. */
function alongEdges(shape: Shape, vertex: Vertex, p: ImagePoint): ImagePoint {
  const path = neighboursOf(shape, vertex).flatMap(({ x, y }) => [x, y]);
  return path.length < 4 ? p : nearestOnPath(path, false, p).point;
}

function around(points: readonly ImagePoint[]): ImageBox {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

const directions = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'] as const;

/** The cursor that points the way in which the handle of a turned frame pulls. */
function resizeCursor(handle: BoxHandle, angle: number): string {
  const turned = directions.indexOf(handle) + Math.round(angle / (Math.PI / 4));
  return `${directions[((turned % 8) + 8) % 8]}-resize`;
}

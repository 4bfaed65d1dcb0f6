import { type BoxHandle, boxHandles, handlePoint, pulled } from '../geometry/box-handles.ts';
import { limitMove, tidy, translated } from '../geometry/moving.ts';
import { boundsOf, union } from '../geometry/outline.ts';
import type { ImagePoint, ScreenPoint } from '../geometry/spaces.ts';
import {
  type EdgePoint,
  nearestEdge,
  type VertexRef,
  verticesOf,
  withInsertedVertex,
  withVertex,
} from '../geometry/vertices.ts';
import type { EditorRecord, Shape } from '../model/annotation.ts';
import type { ToolContext } from './tool.ts';

const grip = 7;
const edgeGrip = 5;
const atPress: ImagePoint = { x: 0, y: 0 };

/** A change of shapes that follows the pointer. */
export type Reshaping = {
  readonly kind: 'move' | 'resize' | 'vertex' | 'insert';
  readonly label: string;
  readonly cursor: string;
  /** From the press to what it took hold of, in image pixels: kept, so that nothing jumps to the pointer. */
  readonly offset: ImagePoint;
  /** The records as they are with the pointer here. */
  at(p: ImagePoint): readonly EditorRecord[];
  readonly vertex: (VertexRef & { readonly id: string }) | null;
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
  if (shape.kind === 'box') {
    const handle = boxHandles.find((h) => isNear(handlePoint(shape, h)));
    if (handle !== undefined) {
      return { ...resizing(context, record, handle), offset: to(handlePoint(shape, handle)) };
    }
  }
  const vertex = verticesOf(shape).findLast(isNear);
  if (vertex !== undefined) return { ...movingVertex(context, record, shape, vertex), offset: to(vertex) };
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
    at(p) {
      if (bounds === null) return records;
      const by = limitMove(bounds, tidy(p.x - start.x), tidy(p.y - start.y), context.image);
      return records.map((record) => context.reshaped(record, translated(record.shape, by.x, by.y)));
    },
  };
}

function resizing(context: ToolContext, record: EditorRecord, handle: BoxHandle): Reshaping {
  return {
    kind: 'resize',
    label: 'Resize box',
    cursor: `${handle}-resize`,
    offset: atPress,
    vertex: null,
    at(p) {
      if (record.shape.kind !== 'box') return [record];
      const shape = pulled(record.shape, handle, p);
      return shape.width === 0 || shape.height === 0 ? [record] : [context.reshaped(record, shape)];
    },
  };
}

function movingVertex(context: ToolContext, record: EditorRecord, shape: Shape, vertex: VertexRef): Reshaping {
  return {
    kind: 'vertex',
    label: 'Move vertex',
    cursor: 'pointer',
    offset: atPress,
    vertex: { id: record.id, ring: vertex.ring, index: vertex.index },
    at: (p) => [context.reshaped(record, withVertex(shape, vertex, p))],
  };
}

function insertingVertex(context: ToolContext, record: EditorRecord, edge: EdgePoint): Reshaping | null {
  const inserted = withInsertedVertex(record.shape, edge);
  if (inserted === null) return null;
  return {
    ...movingVertex(context, record, inserted.shape, inserted.vertex),
    kind: 'insert',
    label: 'Insert vertex',
    cursor: 'copy',
  };
}

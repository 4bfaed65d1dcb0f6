import { type Alignment, aligned, distributed } from '../geometry/arranging.ts';
import { type ConvertibleKind, converted } from '../geometry/converting.ts';
import { type Frame, isFramed, withFrame } from '../geometry/frames.ts';
import { translated } from '../geometry/moving.ts';
import { areaOf, boundsOf } from '../geometry/outline.ts';
import { asPolygon, intersected, subtracted, united } from '../geometry/polygon-algebra.ts';
import { simplified, smoothed } from '../geometry/simplifying.ts';
import { mirrored, withVisibility } from '../geometry/skeleton-layout.ts';
import type { ImagePoint } from '../geometry/spaces.ts';
import { verticesOf, withVertex } from '../geometry/vertices.ts';
import { common, unionOf, without } from '../masks/algebra.ts';
import { asMask, hasInside } from '../masks/combining.ts';
import { partsOf } from '../masks/components.ts';
import type { EditorRecord, MaskShape, PolygonShape, Shape } from '../model/annotation.ts';
import { newId } from '../model/ids.ts';
import { allows, skeletonOf } from '../model/ontology.ts';
import { withRelations } from '../model/relations.ts';
import type { EditorState } from '../state.ts';
import { nothingShown, type VertexOf } from '../tools/tool.ts';
import { counted, Edits } from './edits.ts';

const combining = {
  unite: { label: 'Unite', combine: (polygons: readonly PolygonShape[]) => united(polygons), combineMasks: unionOf },
  subtract: {
    label: 'Subtract',
    combine: ([first, ...others]: readonly PolygonShape[]) => (first === undefined ? null : subtracted(first, others)),
    combineMasks: ([first, ...others]: readonly MaskShape[]) => {
      const taken = unionOf(others);
      return first === undefined || taken === null ? null : without(first, taken);
    },
  },
  intersect: {
    label: 'Intersect',
    combine: (polygons: readonly PolygonShape[]) => intersected(polygons),
    combineMasks: (masks: readonly MaskShape[]) =>
      masks.reduce((a: MaskShape | null, b) => a && common(a, b), masks[0] ?? null),
  },
} as const;

export type Combination = keyof typeof combining;

/** Edits of shapes as such. Each call is one step of undo; locked objects and ids that don't exist are passed over. */
export class ShapeActions {
  readonly #state: EditorState;
  readonly #edits: Edits;

  constructor(state: EditorState) {
    this.#state = state;
    this.#edits = new Edits(state);
  }

  /**
   * Makes one polygon of several shapes with an inside, or one mask where the first is a mask. It becomes the object that
   * was selected first; the others go, except where they were subtracted.
   */
  combine(ids: readonly string[], how: Combination): void {
    const { label, combine, combineMasks } = combining[how];
    const records = this.#edits.changeable(ids).filter(({ shape }) => hasInside(shape));
    const [first, ...others] = records;
    if (first === undefined || others.length === 0) {
      this.#state.notify(`${label} needs two or more polygons, boxes, ellipses or masks.`);
      return;
    }
    const image = this.#state.camera.value.image;
    const shape =
      first.shape.kind === 'mask'
        ? combineMasks(records.flatMap((record) => asMask(record.shape, image) ?? []))
        : combine(records.flatMap((record) => asPolygon(record.shape) ?? []));
    if (shape === null) {
      this.#state.notify(how === 'intersect' ? 'They have nothing in common.' : 'Nothing would be left.');
      return;
    }
    if (!this.#allows(first, shape.kind)) return;
    this.#edits.commit(label, (transaction) => {
      const gone = how === 'subtract' ? [] : others.map(({ id }) => id);
      const kept = (first.relations ?? []).filter(({ object }) => !gone.includes(object));
      this.#edits.remove(transaction, gone);
      transaction.put(this.#edits.reshaped(withRelations(first, kept), shape));
    });
    this.#state.select([first.id]);
  }

  /** Every part of a polygon or mask becomes an object of its own; the largest part stays the object. */
  split(ids: readonly string[]): void {
    const pieces = this.#edits.changeable(ids).flatMap((record): EditorRecord[] => {
      const [first, ...others] = piecesOf(record.shape);
      if (first === undefined || others.length === 0) return [];
      const copies = others.map((shape) => withRelations({ ...this.#edits.edited(record), shape, id: newId() }, []));
      return [this.#edits.reshaped(record, first), ...copies];
    });
    if (pieces.length === 0) {
      this.#state.notify('Only a polygon or mask of several parts can be split.');
      return;
    }
    this.#edits.put('Split', pieces);
    this.#state.select(pieces.map(({ id }) => id));
  }

  /** Shows what `simplify` would make of them, and tells the number of their vertices; null takes it off again. */
  previewSimplified(ids: readonly string[], tolerance: number | null): { before: number; after: number } {
    const shapes = tolerance === null ? [] : this.#simplified(ids, tolerance);
    this.#state.preview.set(shapes.length === 0 ? null : { ...nothingShown, shapes });
    const count = (records: readonly EditorRecord[]) =>
      records.reduce((n, { shape }) => n + verticesOf(shape).length, 0);
    return { before: count(this.#state.records(shapes.map(({ id }) => id))), after: count(shapes) };
  }

  /** Leaves out vertices that matter less than `tolerance` image pixels. */
  simplify(ids: readonly string[], tolerance: number): void {
    this.previewSimplified(ids, null);
    const records = this.#simplified(ids, tolerance);
    this.#edits.put(counted('Simplify', records), records);
  }

  smooth(ids: readonly string[]): void {
    this.#reshape('Smooth', ids, (record) => smoothed(record.shape));
  }

  convert(ids: readonly string[], kind: ConvertibleKind): void {
    const fitting = this.#edits.changeable(ids).filter((record) => this.#allows(record, kind));
    const records = fitting.flatMap((record) => {
      const shape = converted(record.shape, kind, this.#state.camera.value.image);
      return shape === null ? [] : [this.#edits.reshaped(record, shape)];
    });
    if (records.length === 0 && fitting.length > 0) this.#state.notify('This shape cannot become that.');
    this.#edits.put(counted('Convert', records), records);
  }

  align(ids: readonly string[], alignment: Alignment): void {
    this.#arrange(counted('Align', ids), ids, (boxes) => aligned(boxes, alignment));
  }

  /** Makes the gaps equal; needs three objects. */
  distribute(ids: readonly string[], axis: 'x' | 'y'): void {
    this.#arrange(counted('Distribute', ids), ids, (boxes) => distributed(boxes, axis));
  }

  /** Numbers typed in for a box, rotated box or ellipse; sides above 0, image pixels and radians. */
  setFrame(id: string, frame: Frame): void {
    const isSound = Object.values(frame).every(Number.isFinite) && frame.width > 0 && frame.height > 0;
    if (!isSound) return;
    this.#reshape('Change numbers', [id], ({ shape }) => (isFramed(shape) ? withFrame(shape, frame) : shape));
  }

  /** A shape that a check offers instead; null deletes the object. */
  fix(id: string, shape: Shape | null): void {
    const records = this.#edits.changeable([id]);
    if (shape !== null) this.#reshape('Fix', [id], () => shape);
    else if (records.length > 0) this.#edits.commit('Fix', (transaction) => this.#edits.remove(transaction, [id]));
  }

  /** Coordinates typed in for a vertex. */
  setVertex(vertex: VertexOf, to: ImagePoint): void {
    if (!Number.isFinite(to.x) || !Number.isFinite(to.y)) return;
    this.#reshape('Move vertex', [vertex.id], ({ shape }) => withVertex(shape, vertex, to));
  }

  /** Ties objects together: a click on one selects all. Null unties them. */
  group(ids: readonly string[], together: boolean): void {
    const records = this.#edits.changeable(ids);
    if (together && records.length < 2) return;
    const groupId = together ? newId() : null;
    const label = together ? 'Group' : 'Ungroup';
    this.#edits.put(
      counted(label, records),
      records.map((record) => ({ ...record, groupId })),
    );
  }

  /** Exchanges left and right of skeletons. */
  swapSides(ids: readonly string[]): void {
    this.#reshape('Swap left and right', ids, ({ shape, classId }) => {
      const skeleton = skeletonOf(this.#state.ontology.value, classId);
      return shape.kind === 'keypoints' && skeleton !== undefined ? mirrored(shape, skeleton) : shape;
    });
  }

  setVisibility(id: string, index: number, visibility: 0 | 1 | 2): void {
    this.#reshape('Change visibility', [id], ({ shape }) =>
      shape.kind === 'keypoints' ? withVisibility(shape, index, visibility) : shape,
    );
  }

  #simplified(ids: readonly string[], tolerance: number): readonly EditorRecord[] {
    return this.#edits
      .changeable(ids)
      .filter(({ shape }) => shape.kind === 'polygon' || shape.kind === 'polyline')
      .map((record) => this.#edits.reshaped(record, simplified(record.shape, tolerance)));
  }

  #reshape(label: string, ids: readonly string[], change: (record: EditorRecord) => Shape): void {
    const records = this.#edits.changeable(ids);
    this.#edits.put(
      label,
      records.map((record) => this.#edits.reshaped(record, change(record))),
    );
  }

  #arrange(label: string, ids: readonly string[], moves: (boxes: readonly Box[]) => readonly ImagePoint[]): void {
    const placed = this.#edits.changeable(ids).flatMap((record) => {
      const box = boundsOf(record.shape);
      return box === null ? [] : [{ record, box }];
    });
    const by = moves(placed.map(({ box }) => box));
    const moved = placed.map(({ record }, i) => {
      const { x = 0, y = 0 } = by[i] ?? {};
      return x === 0 && y === 0 ? record : this.#edits.reshaped(record, translated(record.shape, x, y));
    });
    this.#edits.put(label, moved);
  }

  #allows(record: EditorRecord, kind: Shape['kind']): boolean {
    const labelClass = this.#state.classOf(record.classId);
    if (labelClass === undefined || allows(labelClass, kind)) return true;
    this.#state.notify(`“${labelClass.name}” does not allow this shape.`);
    return false;
  }
}

/** The separate parts, the largest first; none of a shape that has no parts. */
function piecesOf(shape: Shape): readonly Shape[] {
  if (shape.kind === 'mask') return partsOf(shape);
  if (shape.kind !== 'polygon') return [];
  const parts = shape.parts.map((part): Shape => ({ kind: 'polygon', parts: [part] }));
  return parts.sort((a, b) => areaOf(b) - areaOf(a));
}

type Box = NonNullable<ReturnType<typeof boundsOf>>;

import { Edits } from '../actions/edits.ts';
import { edited, newRecord } from '../actions/records.ts';
import { RelationActions } from '../actions/relation-actions.ts';
import type { DrawingSettings } from '../api.ts';
import type { Camera } from '../camera/camera.ts';
import { clampToImage, snapToBorder, tidy } from '../geometry/moving.ts';
import { snapTo } from '../geometry/snapping.ts';
import type { ImageBox, ImagePoint, Size } from '../geometry/spaces.ts';
import { maskOfPolygon } from '../masks/rasterize.ts';
import type { EditorRecord, PolygonShape, ProvenanceOrigin, Shape } from '../model/annotation.ts';
import { allows, type LabelClass, type ShapeKind, type SkeletonDefinition, skeletonOf } from '../model/ontology.ts';
import type { EditorState } from '../state.ts';
import type { Transaction } from '../store/annotation-store.ts';
import type { MaskRecord, Preview, Snapped, ToolContext, ToolPointer } from './tool.ts';

const hitTolerance = 5;
const snapDistance = 8;

/** What the tools see of the editor. */
export class EditorToolContext implements ToolContext {
  readonly #state: EditorState;
  readonly changed: () => void;
  readonly #edits: Edits;
  readonly #relations: RelationActions;

  constructor(state: EditorState, changed: () => void) {
    this.#state = state;
    this.changed = changed;
    this.#edits = new Edits(state);
    this.#relations = new RelationActions(state);
  }

  get camera(): Camera {
    return this.#state.camera.value;
  }

  get image(): Size {
    return this.camera.image;
  }

  get readOnly(): boolean {
    return this.#state.editable === null;
  }

  get selection(): readonly string[] {
    return this.#state.selection.value;
  }

  get activeVertices() {
    return this.#state.activeVertices.value;
  }

  set activeVertices(vertices) {
    this.#state.activeVertices.set(vertices);
  }

  get drawing(): DrawingSettings {
    return this.#state.drawing.value;
  }

  get assist() {
    return this.#state.assist;
  }

  get assistSettings() {
    return this.#state.drawing.value.assist;
  }

  set assistSettings(assist) {
    this.#state.drawing.update((drawing) => ({ ...drawing, assist }));
  }

  get part() {
    return this.#state.part.value;
  }

  record(id: string): EditorRecord | undefined {
    return this.#state.session?.store.get(id);
  }

  hit(p: ImagePoint): EditorRecord | null {
    return this.#state.session?.hit(p, hitTolerance / this.camera.scale, this.#state.isReachable) ?? null;
  }

  within(box: ImageBox): readonly EditorRecord[] {
    return this.#state.session?.within(box).filter(this.#state.isReachable) ?? [];
  }

  groupOf(record: EditorRecord): readonly string[] {
    if (record.groupId === null) return [record.id];
    const all = this.#state.annotations.value.list();
    const mates = all.filter((other) => other.groupId === record.groupId && this.#state.isReachable(other));
    return mates.map(({ id }) => id);
  }

  masks(): readonly MaskRecord[] {
    return this.#state.annotations.value.list().filter((record): record is MaskRecord => record.shape.kind === 'mask');
  }

  isLocked(record: EditorRecord): boolean {
    return this.#state.isLocked(record);
  }

  place({ image, alt }: ToolPointer): ImagePoint {
    const inside = clampToImage({ x: tidy(image.x), y: tidy(image.y) }, this.image);
    return alt ? inside : snapToBorder(inside, this.image, snapDistance / this.camera.scale);
  }

  snap(pointer: ToolPointer, except: readonly string[] = []): Snapped {
    const point = this.place(pointer);
    const { session, drawing } = this.#state;
    if (pointer.alt || session === null || !drawing.value.snapping) return { point, on: [] };
    const distance = snapDistance / this.camera.scale;
    const near = session.at(point, distance, (record) => this.#state.isShown(record) && !except.includes(record.id));
    return snapTo(near, point, distance) ?? { point, on: [] };
  }

  select(ids: readonly string[]): void {
    this.#state.select(ids);
  }

  hover(id: string | null): void {
    this.#state.hovered.set(id);
  }

  show(preview: Preview | null): void {
    this.#state.preview.set(preview);
  }

  setCursor(cursor: string): void {
    this.#state.cursor.set(cursor);
  }

  setBrushSize(brushSize: number): void {
    this.#state.drawing.update((drawing) => ({ ...drawing, brushSize }));
  }

  pan(dx: number, dy: number): void {
    this.#state.camera.update((camera) => camera.panned(dx, dy));
  }

  notify(message: string): void {
    this.#state.notify(message);
  }

  editSelection(): void {
    this.#state.tool.set('select');
  }

  skeletonOf(classId: string): SkeletonDefinition | undefined {
    return skeletonOf(this.#state.ontology.value, classId);
  }

  predicateBetween(subjectId: string, objectId: string): string | null {
    return this.#relations.predicateFor(subjectId, objectId)?.name ?? null;
  }

  relate(subjectId: string, objectId: string): void {
    this.#relations.relate(subjectId, objectId);
  }

  typeText(id: string): void {
    this.#state.select([id]);
    this.#state.typing.set(id);
  }

  classFor(kind: ShapeKind, only?: (labelClass: LabelClass) => boolean): string | null {
    return this.#classAllowing([kind], only);
  }

  regionClass(): string | null {
    return this.#classAllowing(['polygon', 'mask']);
  }

  regionShape(polygon: PolygonShape, classId: string): Shape | null {
    const labelClass = this.#state.classOf(classId);
    return labelClass === undefined || allows(labelClass, 'polygon') ? polygon : maskOfPolygon(polygon, this.image);
  }

  /** The class in hand if it allows one of the kinds; without one in hand, or one that it is not for, the first that does. */
  #classAllowing(kinds: readonly ShapeKind[], only: (labelClass: LabelClass) => boolean = () => true): string | null {
    const state = this.#state;
    if (this.readOnly) {
      if (state.session !== null) state.notify('This image is read-only.');
      return null;
    }
    const current = state.currentClass.value === null ? undefined : state.classOf(state.currentClass.value);
    const fits = (c: LabelClass) => kinds.some((kind) => allows(c, kind)) && only(c);
    const names = kinds.map((kind) => kindNames[kind]).join(' or ');
    if (current !== undefined && fits(current)) return current.id;
    if (current !== undefined && only(current)) {
      state.notify(`“${current.name}” does not allow ${names}. Choose another class.`);
      return null;
    }
    const first = state.ontology.value.classes.find(fits);
    if (first === undefined) state.notify(`No class of this project allows ${names}.`);
    else state.currentClass.set(first.id);
    return first?.id ?? null;
  }

  newRecord(shape: Shape, classId: string, origin: ProvenanceOrigin = 'drawn'): EditorRecord {
    return newRecord(shape, classId, this.#state, origin);
  }

  reshaped(record: EditorRecord, shape: Shape): EditorRecord {
    return edited({ ...record, shape }, this.#state.user);
  }

  commit(label: string, edit: (transaction: Transaction) => void): void {
    this.#edits.commit(label, edit);
  }

  remove(transaction: Transaction, ids: readonly string[]): void {
    this.#edits.remove(transaction, ids);
  }
}

const kindNames: Readonly<Record<ShapeKind, string>> = {
  tag: 'tags',
  point: 'points',
  box: 'boxes',
  rotatedBox: 'rotated boxes',
  ellipse: 'ellipses',
  polygon: 'polygons',
  polyline: 'lines',
  keypoints: 'keypoints',
  mask: 'masks',
  cuboid: 'cuboids',
};

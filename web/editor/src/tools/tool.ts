import type { AssistSettings, DrawingSettings } from '../api.ts';
import type { Assist } from '../assist/assist.ts';
import type { Camera } from '../camera/camera.ts';
import type { KeyName } from '../commands/keymap.ts';
import type { OnOutline } from '../geometry/snapping.ts';
import type { ImageBox, ImagePoint, ScreenPoint, Size } from '../geometry/spaces.ts';
import type { VertexRef } from '../geometry/vertices.ts';
import type { TileBitmap } from '../masks/tile-bitmap.ts';
import type { EditorRecord, MaskShape, PolygonShape, ProvenanceOrigin, Shape } from '../model/annotation.ts';
import { canDraw, type LabelClass, type Ontology, type ShapeKind, type SkeletonDefinition } from '../model/ontology.ts';
import type { SetPart } from '../render/protocol.ts';
import type { Transaction } from '../store/annotation-store.ts';

/** Where the pointer is and which modifiers are held. */
export type ToolPointer = {
  readonly image: ImagePoint;
  readonly screen: ScreenPoint;
  readonly shift: boolean;
  readonly alt: boolean;
  readonly ctrl: boolean;
  /** How hard a pen is pressed, 0–1; null for what has no pressure. */
  readonly pressure: number | null;
  /** Where the pointer has been since the last move, oldest first, and last where it is. */
  readonly trail: readonly TrailPoint[];
};

export type TrailPoint = { readonly image: ImagePoint; readonly pressure: number | null };

/** What a tool shows while it works. Never in the store. */
export type Preview = {
  /** Shapes in hand; those with the id of an existing annotation are drawn instead of it. */
  readonly shapes: readonly PreviewShape[];
  /** A polygon or line being drawn: its vertices so far, and the pointer. */
  readonly path: PreviewPath | null;
  /** Other lines: ways along edges, scribbles, cells. */
  readonly lines: readonly PreviewLine[];
  readonly band: ImageBox | null;
  /** Lines through the whole picture, to start a box exactly. */
  readonly crosshair: ImagePoint | null;
  /** Where the pointer was drawn to by another object's outline. */
  readonly snapped: ImagePoint | null;
  /** What the hand aims at: the magnifier shows its surroundings. */
  readonly focus: ImagePoint | null;
  /** Pixels being painted. */
  readonly stroke: PreviewStroke | null;
  /** The edge of the brush, at its true size. */
  readonly brush: { readonly at: ImagePoint; readonly radius: number } | null;
  /** A relation that is being drawn. */
  readonly arrow: { readonly from: ImagePoint; readonly to: ImagePoint } | null;
  /** A word beside the pointer. */
  readonly caption: { readonly at: ImagePoint; readonly text: string } | null;
};

export type PreviewPath = {
  /** Null for a line that becomes no object. */
  readonly classId: string | null;
  readonly points: readonly number[];
  readonly to: ImagePoint;
  /** A click now would close the ring. */
  readonly closing: boolean;
};

export type PreviewShape = {
  readonly id: string | null;
  readonly classId: string;
  readonly shape: Shape;
  /** Only its outline unless told otherwise; what is proposed has a dashed one. */
  readonly look?: 'filled' | 'proposed';
};

export type PreviewLine = {
  readonly points: readonly number[];
  readonly closed: boolean;
  /** In the class's colour, in that of what is taken away, or white. */
  readonly color: { readonly classId: string } | 'away' | 'plain';
  /** CSS pixels. */
  readonly width: number;
};
export type PreviewStroke = {
  /** The annotation that is painted on; null = a new one. */
  readonly id: string | null;
  readonly classId: string;
  /** Its pixels before the stroke. */
  readonly base: MaskShape | null;
  /** The pixels of the stroke: the same object while it grows. */
  readonly painted: TileBitmap;
  /** They are taken off. */
  readonly erases: boolean;
};

export const nothingShown: Preview = {
  shapes: [],
  path: null,
  lines: [],
  band: null,
  crosshair: null,
  snapped: null,
  focus: null,
  stroke: null,
  brush: null,
  arrow: null,
  caption: null,
};

/** Everything a tool may see and do. */
export interface ToolContext {
  readonly camera: Camera;
  readonly image: Size;
  readonly readOnly: boolean;
  readonly selection: readonly string[];
  /** The vertices that Delete would remove and a drag moves together, all of one object. */
  activeVertices: readonly VertexOf[];
  readonly drawing: DrawingSettings;
  /** What of the image's objects is here; null = all. */
  readonly part: SetPart | null;
  record(id: string): EditorRecord | undefined;
  /** The visible, unlocked object under the point. */
  hit(p: ImagePoint): EditorRecord | null;
  /** All visible, unlocked objects that touch the box. */
  within(box: ImageBox): readonly EditorRecord[];
  /** The object and those that are grouped with it, as far as a click can reach them. */
  groupOf(record: EditorRecord): readonly string[];
  /** Every mask of the image, bottom to top, also those that are hidden or locked. */
  masks(): readonly MaskRecord[];
  isLocked(record: EditorRecord): boolean;
  /** The point to use: inside the image, on its border when near, unless Alt is held. */
  place(pointer: ToolPointer): ImagePoint;
  /** The same, drawn to a vertex or an edge of another object that is near, unless Alt is held or snapping is off. */
  snap(pointer: ToolPointer, except?: readonly string[]): Snapped;
  select(ids: readonly string[]): void;
  hover(id: string | null): void;
  show(preview: Preview | null): void;
  setCursor(cursor: string): void;
  setBrushSize(pixels: number): void;
  pan(dx: number, dy: number): void;
  notify(message: string): void;
  /** Changes to the tool that adjusts what is selected. */
  editSelection(): void;
  skeletonOf(classId: string): SkeletonDefinition | undefined;
  /**
   * The class for a new shape of this kind; null, and a notice to the person, when there is none. With `only` the first
   * class that it is for, where the current one is not.
   */
  classFor(kind: ShapeKind, only?: (labelClass: LabelClass) => boolean): string | null;
  /** The name of the relation that would be made; null when none goes between the two. */
  predicateBetween(subjectId: string, objectId: string): string | null;
  relate(subjectId: string, objectId: string): void;
  /** Lets the person type what the object says. */
  typeText(id: string): void;
  /** The class for an outlined region: it allows polygons or, failing that, masks. Otherwise null, and a notice. */
  regionClass(): string | null;
  /** The region as the class allows it, a polygon or a mask; null when no pixel is inside. */
  regionShape(polygon: PolygonShape, classId: string): Shape | null;
  newRecord(shape: Shape, classId: string, origin?: ProvenanceOrigin): EditorRecord;
  /** The record with another shape, its provenance brought up to date. */
  reshaped(record: EditorRecord, shape: Shape): EditorRecord;
  commit(label: string, edit: (transaction: Transaction) => void): void;
  /** Takes objects away, and the relations of others to them. */
  remove(transaction: Transaction, ids: readonly string[]): void;
  /** Questions about the picture. */
  readonly assist: Assist;
  assistSettings: AssistSettings;
  /** What the tool has in hand has changed by itself, not by an event. */
  changed(): void;
}

/** An annotation that is a mask. */
export type MaskRecord = EditorRecord & { readonly shape: MaskShape };

/** A vertex of an object. */
export type VertexOf = VertexRef & { readonly id: string };

/** A placed point, and the outline that it was drawn to. */
export type Snapped = { readonly point: ImagePoint; readonly on: readonly OnOutline[] };

/** All that is said about a tool: adding it to `all-tools.ts` gives it its key, its button and its place in the palette. */
export type ToolDefinition<Id extends string = string> = {
  readonly id: Id;
  readonly title: string;
  readonly key: KeyName;
  /** The kind of shape that it draws: it can be used where a class allows that. Null = it draws none. */
  readonly draws: ShapeKind | null;
  /** The kind that it draws where a class does not allow `draws`. */
  readonly drawsElse?: ShapeKind;
  /** Which of these classes it is for; absent = all. */
  readonly only?: (labelClass: LabelClass) => boolean;
  /** What the ontology must have; absent = nothing. */
  readonly needs?: (ontology: Ontology) => boolean;
  /** Changes what is there: cannot be used on a read-only image. */
  readonly edits: boolean;
  /** How it is used, for a line beside the picture; null where that goes without saying. */
  readonly hint: string | null;
  /** What can be set while it is in hand. */
  readonly options?: readonly ToolOption[];
  create(context: ToolContext): Tool;
};

/** A number that a slider beside the tool's hint sets. */
export type ToolOption = {
  readonly setting: keyof AssistSettings;
  readonly title: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly step: number;
};

/** Whether objects of the class can be drawn with the tool; also with one that draws none. */
export function canDrawWith({ draws, drawsElse, only }: ToolDefinition, labelClass: LabelClass): boolean {
  if (only !== undefined && !only(labelClass)) return false;
  if (draws === null || canDraw(labelClass, draws)) return true;
  return drawsElse !== undefined && canDraw(labelClass, drawsElse);
}

/** Whether the tool can be used with some class of the ontology. */
export function isOffered(tool: ToolDefinition, ontology: Ontology): boolean {
  if (tool.needs !== undefined && !tool.needs(ontology)) return false;
  const drawsNone = tool.draws === null && tool.only === undefined;
  return drawsNone || ontology.classes.some((c) => canDrawWith(tool, c));
}

/** Keeps the id as a literal type. */
export function defineTool<const Id extends string>(definition: ToolDefinition<Id>): ToolDefinition<Id> {
  return definition;
}

/** A small state machine. `cancel` leaves no trace, neither in the store nor on the screen. */
export interface Tool {
  /** Something is in hand that `cancel` would throw away. */
  readonly busy: boolean;
  down(pointer: ToolPointer): void;
  move(pointer: ToolPointer): void;
  up(pointer: ToolPointer): void;
  cancel(): void;
  /** Enter: completes the drawing in hand. */
  finish(): void;
  /** Backspace: takes back the last part of the drawing in hand; tells whether there was one. */
  stepBack(): boolean;
  /** It was taken in hand. */
  takeInHand?(): void;
  /** The wheel with Alt held, in notches, up is above 0; tells whether it meant something to the tool. */
  wheel?(notches: number): boolean;
  /** A setting has changed. */
  settingsChanged?(): void;
  /** Accepts the one proposal that is looked at; tells whether there was one. */
  acceptOne?(): boolean;
}

/** Pointer travel in CSS pixels up to which a press is a click. */
export const clickTravel = 4;

export function travelled(a: ScreenPoint, b: ScreenPoint): boolean {
  return Math.hypot(a.x - b.x, a.y - b.y) > clickTravel;
}

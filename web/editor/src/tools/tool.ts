import type { ToolId } from '../api.ts';
import type { Camera } from '../camera/camera.ts';
import type { ImageBox, ImagePoint, ScreenPoint, Size } from '../geometry/spaces.ts';
import type { VertexRef } from '../geometry/vertices.ts';
import type { EditorRecord, Shape } from '../model/annotation.ts';
import type { ShapeKind } from '../model/ontology.ts';
import type { Transaction } from '../store/annotation-store.ts';

/** Where the pointer is and which modifiers are held. */
export type ToolPointer = {
  readonly image: ImagePoint;
  readonly screen: ScreenPoint;
  readonly shift: boolean;
  readonly alt: boolean;
  readonly ctrl: boolean;
};

/** What a tool shows while it works. Never in the store. */
export type Preview = {
  /** Shapes in hand; those with the id of an existing annotation are drawn instead of it. */
  readonly shapes: readonly PreviewShape[];
  /** A polygon being drawn: its vertices so far, and the pointer. */
  readonly path: PreviewPath | null;
  readonly band: ImageBox | null;
  /** Lines through the whole picture, to start a box exactly. */
  readonly crosshair: ImagePoint | null;
};

export type PreviewPath = {
  readonly classId: string;
  readonly points: readonly number[];
  readonly to: ImagePoint;
  /** A click now would close the polygon. */
  readonly closing: boolean;
};

export type PreviewShape = { readonly id: string | null; readonly classId: string; readonly shape: Shape };

export const nothingShown: Preview = { shapes: [], path: null, band: null, crosshair: null };

/** Everything a tool may see and do. */
export interface ToolContext {
  readonly camera: Camera;
  readonly image: Size;
  readonly readOnly: boolean;
  readonly selection: readonly string[];
  /** The vertex that Delete would remove. */
  activeVertex: (VertexRef & { readonly id: string }) | null;
  record(id: string): EditorRecord | undefined;
  /** The visible, unlocked object under the point. */
  hit(p: ImagePoint): EditorRecord | null;
  /** All visible, unlocked objects that touch the box. */
  within(box: ImageBox): readonly EditorRecord[];
  isLocked(record: EditorRecord): boolean;
  /** The point to use: inside the image, on its border when near, unless Alt is held. */
  place(pointer: ToolPointer): ImagePoint;
  select(ids: readonly string[]): void;
  hover(id: string | null): void;
  show(preview: Preview | null): void;
  setCursor(cursor: string): void;
  setTool(tool: ToolId): void;
  pan(dx: number, dy: number): void;
  /** The class for a new shape of this kind; null, and a notice to the person, when there is none. */
  classFor(kind: ShapeKind): string | null;
  newRecord(shape: Shape, classId: string): EditorRecord;
  /** The record with another shape, its provenance brought up to date. */
  reshaped(record: EditorRecord, shape: Shape): EditorRecord;
  commit(label: string, edit: (transaction: Transaction) => void): void;
}

/** A small state machine. `cancel` leaves no trace, neither in the store nor on the screen. */
export interface Tool {
  readonly id: ToolId;
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
}

/** Pointer travel in CSS pixels up to which a press is a click. */
export const clickTravel = 4;

export function travelled(a: ScreenPoint, b: ScreenPoint): boolean {
  return Math.hypot(a.x - b.x, a.y - b.y) > clickTravel;
}

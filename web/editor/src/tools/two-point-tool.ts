import type { ImagePoint, ScreenPoint } from '../geometry/spaces.ts';
import type { Shape } from '../model/annotation.ts';
import type { LabelClass, ShapeKind } from '../model/ontology.ts';
import { nothingShown, type Tool, type ToolContext, type ToolPointer, travelled } from './tool.ts';

export type TwoPointUse = {
  readonly kind: ShapeKind;
  readonly label: string;
  /** Which classes it is for; absent = all. */
  readonly only?: (labelClass: LabelClass) => boolean;
  /** What comes after. */
  readonly drawn?: (id: string) => void;
  /** The shape between the two points; null when it would have no area. */
  shape(from: ImagePoint, to: ImagePoint): Shape | null;
};

type State =
  | { readonly kind: 'idle' }
  /** The button is down since `from`. */
  | { readonly kind: 'dragging'; readonly from: ImagePoint; readonly screen: ScreenPoint; readonly classId: string }
  /** The first of two clicks was made. */
  | { readonly kind: 'clicked'; readonly from: ImagePoint; readonly classId: string };

/** Draws what two opposite corners say: by dragging, or by clicking both. With Shift, as wide as high. */
export class TwoPointTool implements Tool {
  readonly #context: ToolContext;
  readonly #use: TwoPointUse;
  #state: State = { kind: 'idle' };

  constructor(context: ToolContext, use: TwoPointUse) {
    this.#context = context;
    this.#use = use;
  }

  get busy(): boolean {
    return this.#state.kind !== 'idle';
  }

  down(pointer: ToolPointer): void {
    if (this.#state.kind === 'clicked') {
      this.#complete(this.#state.from, pointer, this.#state.classId);
      return;
    }
    const classId = this.#context.classFor(this.#use.kind, this.#use.only);
    if (classId === null) return;
    this.#context.select([]);
    this.#state = { kind: 'dragging', from: this.#context.place(pointer), screen: pointer.screen, classId };
  }

  move(pointer: ToolPointer): void {
    this.#context.setCursor('crosshair');
    if (this.#state.kind === 'idle') {
      this.#context.show({ ...nothingShown, crosshair: this.#context.place(pointer) });
      return;
    }
    const { from, classId } = this.#state;
    const to = this.#corner(from, pointer);
    const shape = this.#use.shape(from, to);
    this.#context.show({
      ...nothingShown,
      shapes: shape === null ? [] : [{ id: null, classId, shape }],
      crosshair: this.#state.kind === 'clicked' ? to : null,
    });
  }

  up(pointer: ToolPointer): void {
    if (this.#state.kind !== 'dragging') return;
    const { from, screen, classId } = this.#state;
    if (travelled(screen, pointer.screen)) this.#complete(from, pointer, classId);
    else this.#state = { kind: 'clicked', from, classId };
  }

  cancel(): void {
    this.#state = { kind: 'idle' };
    this.#context.show(null);
  }

  finish(): void {}

  stepBack(): boolean {
    if (!this.busy) return false;
    this.cancel();
    return true;
  }

  #corner(from: ImagePoint, pointer: ToolPointer): ImagePoint {
    const to = this.#context.place(pointer);
    if (!pointer.shift) return to;
    const side = Math.min(Math.abs(to.x - from.x), Math.abs(to.y - from.y));
    return { x: from.x + side * Math.sign(to.x - from.x), y: from.y + side * Math.sign(to.y - from.y) };
  }

  /** What has no area is no shape: the second corner is still to come. */
  #complete(from: ImagePoint, pointer: ToolPointer, classId: string): void {
    const shape = this.#use.shape(from, this.#corner(from, pointer));
    if (shape === null) {
      this.#state = { kind: 'clicked', from, classId };
      return;
    }
    this.cancel();
    const record = this.#context.newRecord(shape, classId);
    this.#context.commit(this.#use.label, (transaction) => transaction.put(record));
    this.#use.drawn?.(record.id);
  }
}

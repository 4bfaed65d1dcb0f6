import { boxBetween } from '../geometry/box-handles.ts';
import type { ImagePoint, ScreenPoint } from '../geometry/spaces.ts';
import { nothingShown, type Tool, type ToolContext, type ToolPointer, travelled } from './tool.ts';

type State =
  | { readonly kind: 'idle' }
  /** The button is down since `from`. */
  | { readonly kind: 'dragging'; readonly from: ImagePoint; readonly screen: ScreenPoint; readonly classId: string }
  /** The first of two clicks was made. */
  | { readonly kind: 'clicked'; readonly from: ImagePoint; readonly classId: string };

/** Draws boxes: by dragging, or by clicking two opposite corners. */
export class BoxTool implements Tool {
  readonly id = 'box';
  readonly #context: ToolContext;
  #state: State = { kind: 'idle' };

  constructor(context: ToolContext) {
    this.#context = context;
  }

  get busy(): boolean {
    return this.#state.kind !== 'idle';
  }

  down(pointer: ToolPointer): void {
    const at = this.#context.place(pointer);
    if (this.#state.kind === 'clicked') {
      this.#complete(this.#state.from, at, this.#state.classId);
      return;
    }
    const classId = this.#context.classFor('box');
    if (classId === null) return;
    this.#context.select([]);
    this.#state = { kind: 'dragging', from: at, screen: pointer.screen, classId };
  }

  move(pointer: ToolPointer): void {
    this.#context.setCursor('crosshair');
    const at = this.#context.place(pointer);
    if (this.#state.kind === 'idle') {
      this.#context.show({ ...nothingShown, crosshair: at });
      return;
    }
    const { from, classId } = this.#state;
    this.#context.show({
      ...nothingShown,
      shapes: [{ id: null, classId, shape: boxBetween(from, at) }],
      crosshair: this.#state.kind === 'clicked' ? at : null,
    });
  }

  up(pointer: ToolPointer): void {
    if (this.#state.kind !== 'dragging') return;
    const { from, screen, classId } = this.#state;
    if (travelled(screen, pointer.screen)) this.#complete(from, this.#context.place(pointer), classId);
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

  /** A box without area is no box: the second corner is still to come. */
  #complete(from: ImagePoint, to: ImagePoint, classId: string): void {
    const shape = boxBetween(from, to);
    if (shape.width === 0 || shape.height === 0) {
      this.#state = { kind: 'clicked', from, classId };
      return;
    }
    this.cancel();
    const record = this.#context.newRecord(shape, classId);
    this.#context.commit('Draw box', (transaction) => transaction.put(record));
  }
}

import type { ImageBox, ImagePoint, ScreenPoint } from '../geometry/spaces.ts';
import { withoutVertex } from '../geometry/vertices.ts';
import type { EditorRecord } from '../model/annotation.ts';
import { gripAt, moving, type Reshaping } from './reshaping.ts';
import { nothingShown, type Tool, type ToolContext, type ToolPointer, travelled } from './tool.ts';

type State =
  | { readonly kind: 'idle' }
  /** The button is down on nothing; dragging spans a band. */
  | { readonly kind: 'band'; readonly from: ImagePoint; readonly screen: ScreenPoint; readonly kept: readonly string[] }
  /** The button is down on an object or a grip; nothing has moved yet. */
  | {
      readonly kind: 'pressed';
      readonly screen: ScreenPoint;
      readonly reshaping: Reshaping;
      readonly toggle: string | null;
    }
  | { readonly kind: 'reshaping'; readonly reshaping: Reshaping };

/** Selects, moves and reshapes. */
export class SelectTool implements Tool {
  readonly id = 'select';
  readonly #context: ToolContext;
  #state: State = { kind: 'idle' };

  constructor(context: ToolContext) {
    this.#context = context;
  }

  get busy(): boolean {
    return this.#state.kind !== 'idle';
  }

  down(pointer: ToolPointer): void {
    const context = this.#context;
    context.activeVertex = null;
    const held = pointer.shift ? null : this.#gripAt(pointer.screen);
    if (held !== null) {
      if (pointer.alt && held.vertex !== null && held.kind === 'vertex') this.#removeVertex(held.vertex);
      else this.#state = { kind: 'pressed', screen: pointer.screen, reshaping: held, toggle: null };
      return;
    }
    const hit = context.hit(pointer.image);
    if (hit === null) {
      const kept = pointer.shift ? context.selection : [];
      this.#state = { kind: 'band', from: pointer.image, screen: pointer.screen, kept };
      return;
    }
    const wasSelected = context.selection.includes(hit.id);
    if (!wasSelected) context.select(pointer.shift ? [...context.selection, hit.id] : [hit.id]);
    const reshaping = moving(context, this.#movable(), pointer.image);
    const toggle = wasSelected && (pointer.shift || context.selection.length > 1) ? hit.id : null;
    this.#state = { kind: 'pressed', screen: pointer.screen, reshaping, toggle };
  }

  move(pointer: ToolPointer): void {
    const state = this.#state;
    switch (state.kind) {
      case 'idle':
        this.#hover(pointer);
        return;
      case 'band':
        if (travelled(state.screen, pointer.screen)) this.#spanBand(state.from, pointer.image, state.kept);
        return;
      case 'pressed':
        if (!travelled(state.screen, pointer.screen) || this.#context.readOnly) return;
        this.#state = { kind: 'reshaping', reshaping: state.reshaping };
        this.#context.setCursor(state.reshaping.cursor);
        this.#reshape(state.reshaping, pointer);
        return;
      case 'reshaping':
        this.#reshape(state.reshaping, pointer);
    }
  }

  up(pointer: ToolPointer): void {
    const state = this.#state;
    this.cancel();
    if (state.kind === 'band') {
      if (!travelled(state.screen, pointer.screen)) this.#context.select(state.kept);
    } else if (state.kind === 'pressed') {
      this.#click(state.reshaping, state.toggle, pointer);
    } else if (state.kind === 'reshaping') {
      const records = this.#records(state.reshaping, pointer);
      this.#context.commit(state.reshaping.label, (transaction) => {
        for (const record of records) transaction.put(record);
      });
    }
  }

  cancel(): void {
    this.#state = { kind: 'idle' };
    this.#context.show(null);
  }

  finish(): void {}

  /** Backspace or Delete on an active vertex. */
  stepBack(): boolean {
    const vertex = this.#context.activeVertex;
    if (vertex === null) return false;
    this.#removeVertex(vertex);
    return true;
  }

  #gripAt(screen: ScreenPoint): Reshaping | null {
    const [id, ...others] = this.#context.selection;
    const only = id === undefined || others.length > 0 ? undefined : this.#context.record(id);
    if (only === undefined || this.#context.readOnly || this.#context.isLocked(only)) return null;
    return gripAt(this.#context, only, screen);
  }

  #movable(): readonly EditorRecord[] {
    return this.#context.selection.flatMap((id) => {
      const record = this.#context.record(id);
      return record === undefined || this.#context.isLocked(record) ? [] : [record];
    });
  }

  #hover(pointer: ToolPointer): void {
    const held = this.#gripAt(pointer.screen);
    const hit = this.#context.hit(pointer.image);
    this.#context.hover(hit?.id ?? null);
    this.#context.setCursor(held?.cursor ?? (hit === null ? 'default' : 'pointer'));
  }

  #click(reshaping: Reshaping, toggle: string | null, pointer: ToolPointer): void {
    if (reshaping.vertex !== null && reshaping.kind === 'vertex') {
      this.#context.activeVertex = reshaping.vertex;
      this.#context.show(null);
    } else if (toggle !== null) {
      const others = this.#context.selection.filter((id) => id !== toggle);
      this.#context.select(pointer.shift ? others : [toggle]);
    }
  }

  #spanBand(from: ImagePoint, to: ImagePoint, kept: readonly string[]): void {
    const band: ImageBox = {
      left: Math.min(from.x, to.x),
      top: Math.min(from.y, to.y),
      right: Math.max(from.x, to.x),
      bottom: Math.max(from.y, to.y),
    };
    this.#context.show({ ...nothingShown, band });
    this.#context.select([...new Set([...kept, ...this.#context.within(band).map((record) => record.id)])]);
  }

  /** Whole objects follow the raw pointer; corners and vertices are placed in the image. */
  #records(reshaping: Reshaping, pointer: ToolPointer): readonly EditorRecord[] {
    if (reshaping.kind === 'move') return reshaping.at(pointer.image);
    const { x, y } = reshaping.offset;
    return reshaping.at(this.#context.place({ ...pointer, image: { x: pointer.image.x + x, y: pointer.image.y + y } }));
  }

  #reshape(reshaping: Reshaping, pointer: ToolPointer): void {
    this.#context.show({ ...nothingShown, shapes: this.#records(reshaping, pointer) });
  }

  #removeVertex(vertex: { readonly id: string; readonly ring: number; readonly index: number }): void {
    this.#context.activeVertex = null;
    const record = this.#context.record(vertex.id);
    const shape = record === undefined ? null : withoutVertex(record.shape, vertex);
    if (record === undefined || shape === null) return;
    this.#context.commit('Delete vertex', (transaction) => transaction.put(this.#context.reshaped(record, shape)));
  }
}

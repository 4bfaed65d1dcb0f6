import type { Camera } from '../camera/camera.ts';
import type { EditorState } from '../state.ts';
import { allTools, type ToolId } from './all-tools.ts';
import { EditorToolContext } from './context.ts';
import type { Tool, ToolPointer } from './tool.ts';

/** The tools, the one in use, and the pan tool that stands in for it while Space or the middle button is held. */
export class Toolbox {
  readonly #state: EditorState;
  readonly #tools: Readonly<Record<ToolId, Tool>>;
  #current: Tool;
  #panning = false;

  constructor(state: EditorState) {
    this.#state = state;
    const context = new EditorToolContext(state, () => this.#after());
    this.#tools = Object.fromEntries(allTools.map((tool) => [tool.id, tool.create(context)])) as Record<ToolId, Tool>;
    this.#current = this.#tools[state.tool.value];
    state.tool.subscribe(() => this.#switch());
    state.drawing.subscribe(() => this.#current.settingsChanged?.());
  }

  get camera(): Camera {
    return this.#state.camera.value;
  }

  down(pointer: ToolPointer, pan: boolean): void {
    if (this.#state.session === null) return;
    if (pan) this.#panning = true;
    this.#active.down(pointer);
    this.#after();
  }

  move(pointer: ToolPointer): void {
    this.#state.pointer.set(pointer.image);
    if (this.#state.session === null) return;
    this.#active.move(pointer);
    this.#after();
  }

  up(pointer: ToolPointer): void {
    this.#active.up(pointer);
    this.#panning = false;
    this.#after();
  }

  /** The pointer left the canvas. */
  leave(): void {
    this.#state.pointer.set(null);
    this.#state.hovered.set(null);
    if (!this.#current.busy) this.#state.preview.set(null);
  }

  /** Throws away what is in hand; tells whether there was something. */
  cancel(): boolean {
    const wasBusy = this.#active.busy;
    this.#active.cancel();
    this.#panning = false;
    this.#after();
    return wasBusy;
  }

  finish(): void {
    this.#current.finish();
    this.#after();
  }

  stepBack(): boolean {
    const stepped = this.#current.stepBack();
    this.#after();
    return stepped;
  }

  /** The wheel with Alt held; tells whether it meant something to the tool. */
  wheel(notches: number): boolean {
    return this.#state.session !== null && this.#current.wheel?.(notches) === true;
  }

  /** Accepts the proposal that is looked at. */
  acceptOne(): boolean {
    const accepted = this.#current.acceptOne?.() === true;
    this.#after();
    return accepted;
  }

  get #active(): Tool {
    return this.#panning ? this.#tools.pan : this.#current;
  }

  #switch(): void {
    this.#current.cancel();
    this.#current = this.#tools[this.#state.tool.value];
    this.#current.cancel();
    this.#state.hovered.set(null);
    this.#state.cursor.set('default');
    if (this.#state.session !== null) this.#current.takeInHand?.();
    this.#after();
  }

  #after(): void {
    this.#state.busy.set(this.#active.busy);
  }
}

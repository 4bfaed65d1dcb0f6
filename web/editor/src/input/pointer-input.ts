import type { ScreenPoint } from '../geometry/spaces.ts';
import type { EditorState } from '../state.ts';
import type { ToolPointer, TrailPoint } from '../tools/tool.ts';
import type { Toolbox } from '../tools/toolbox.ts';

const wheelSpeed = 0.002;

/** Mouse, pen and touch on the canvas: one pointer works the tool, two pan and zoom. */
export class PointerInput {
  readonly #canvas: HTMLElement;
  readonly #state: EditorState;
  readonly #toolbox: Toolbox;
  readonly #touches = new Map<number, ScreenPoint>();
  readonly #listening = new AbortController();
  #pinching = false;
  /** Space is held: the next press pans. */
  panHeld = false;
  /** A press panned while Space was held. */
  panned = false;

  constructor(canvas: HTMLElement, state: EditorState, toolbox: Toolbox) {
    this.#canvas = canvas;
    this.#state = state;
    this.#toolbox = toolbox;
    const options = { signal: this.#listening.signal };
    canvas.addEventListener('pointerdown', (event) => this.#down(event), options);
    canvas.addEventListener('pointermove', (event) => this.#move(event), options);
    canvas.addEventListener('pointerup', (event) => this.#up(event), options);
    canvas.addEventListener('pointercancel', (event) => this.#lost(event), options);
    canvas.addEventListener('pointerleave', () => this.#toolbox.leave(), options);
    canvas.addEventListener('contextmenu', (event) => event.preventDefault(), options);
    canvas.addEventListener('wheel', (event) => this.#wheel(event), { ...options, passive: false });
  }

  dispose(): void {
    this.#listening.abort();
  }

  #down(event: PointerEvent): void {
    if (event.button > 1) return;
    event.preventDefault();
    this.#canvas.focus({ preventScroll: true });
    this.#canvas.setPointerCapture(event.pointerId);
    this.#touches.set(event.pointerId, this.#screen(event));
    if (this.#touches.size > 1) {
      this.#pinching = true;
      this.#toolbox.cancel();
      return;
    }
    const pan = event.button === 1 || this.panHeld;
    if (this.panHeld) this.panned = true;
    this.#toolbox.down(this.#pointer(event), pan);
  }

  #move(event: PointerEvent): void {
    if (this.#pinching) this.#pinch(event);
    else this.#toolbox.move(this.#pointer(event));
  }

  #up(event: PointerEvent): void {
    if (!this.#touches.delete(event.pointerId)) return;
    if (!this.#pinching) this.#toolbox.up(this.#pointer(event));
    if (this.#touches.size === 0) this.#pinching = false;
  }

  #lost(event: PointerEvent): void {
    this.#touches.delete(event.pointerId);
    this.#toolbox.cancel();
    if (this.#touches.size === 0) this.#pinching = false;
  }

  /** Two fingers: the picture follows their middle and their distance. */
  #pinch(event: PointerEvent): void {
    const before = [...this.#touches.values()];
    this.#touches.set(event.pointerId, this.#screen(event));
    const after = [...this.#touches.values()];
    const [a, b] = before;
    const [c, d] = after;
    if (a === undefined || b === undefined || c === undefined || d === undefined) return;
    const middle = { x: (c.x + d.x) / 2, y: (c.y + d.y) / 2 };
    const factor = Math.hypot(c.x - d.x, c.y - d.y) / Math.max(1, Math.hypot(a.x - b.x, a.y - b.y));
    this.#state.camera.update((camera) =>
      camera.panned(middle.x - (a.x + b.x) / 2, middle.y - (a.y + b.y) / 2).zoomed(middle, factor),
    );
  }

  /** The wheel zooms to the pointer; a touchpad's two-finger move (fine, sideways) pans, its pinch zooms. */
  #wheel(event: WheelEvent): void {
    event.preventDefault();
    if (this.#state.session === null) return;
    // With Alt some systems scroll sideways.
    const turned = event.deltaY === 0 ? event.deltaX : event.deltaY;
    if (event.altKey && !event.ctrlKey && this.#toolbox.wheel(-Math.sign(turned))) return;
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : 16;
    const isTouchpad = !event.ctrlKey && lines === 1 && (event.deltaX !== 0 || Math.abs(event.deltaY) < 40);
    if (isTouchpad) {
      this.#state.camera.update((camera) => camera.panned(-event.deltaX, -event.deltaY));
      return;
    }
    const speed = event.ctrlKey && Math.abs(event.deltaY) < 40 ? 5 * wheelSpeed : wheelSpeed;
    const factor = Math.exp(-event.deltaY * lines * speed);
    this.#state.camera.update((camera) => camera.zoomed(this.#screen(event), factor));
  }

  #pointer(event: MouseEvent): ToolPointer {
    const point = this.#trailPoint(event);
    const passed = event instanceof PointerEvent ? (event.getCoalescedEvents?.() ?? []) : [];
    return {
      screen: this.#screen(event),
      ...point,
      trail: passed.length === 0 ? [point] : passed.map((earlier) => this.#trailPoint(earlier)),
      shift: event.shiftKey,
      alt: event.altKey,
      ctrl: event.ctrlKey || event.metaKey,
    };
  }

  #trailPoint(event: MouseEvent): TrailPoint {
    const pressure = event instanceof PointerEvent && event.pointerType === 'pen' ? event.pressure : null;
    return { image: this.#state.camera.value.toImage(this.#screen(event)), pressure };
  }

  #screen(event: MouseEvent): ScreenPoint {
    const bounds = this.#canvas.getBoundingClientRect();
    return { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
  }
}

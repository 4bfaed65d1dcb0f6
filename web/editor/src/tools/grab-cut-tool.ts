import type { Outlined, OutlineWish, Scribble } from '../assist/protocol.ts';
import type { ImageBox, ImagePoint } from '../geometry/spaces.ts';
import { RegionTool } from './region-tool.ts';
import { defineTool, nothingShown, type PreviewLine, type ToolContext, type ToolPointer, travelled } from './tool.ts';

/** Half the width of a scribble, in CSS pixels. */
const scribbleRadius = 4;
const scribbleStep = 3;
const leastSide = 4;

type State =
  | { readonly kind: 'idle' }
  /** One corner of the box is there. */
  | { readonly kind: 'boxing'; readonly from: ImagePoint; readonly pressed: ToolPointer | null }
  | { readonly kind: 'boxed'; readonly box: ImageBox; readonly scribbles: readonly Scribble[] }
  | {
      readonly kind: 'scribbling';
      readonly box: ImageBox;
      readonly scribbles: readonly Scribble[];
      readonly line: Scribble;
      readonly last: ToolPointer;
    };

export const grabCutTool = defineTool({
  id: 'grabCut',
  title: 'Object in a box',
  key: 'G',
  draws: 'polygon',
  drawsElse: 'mask',
  edits: true,
  hint: 'Drag a box around the object; scribble over what is missing, with Ctrl over what is too much; Enter makes the object',
  options: [{ setting: 'detail', title: 'Simplify', minimum: 0.3, maximum: 5, step: 0.1 }],
  create: (context) => new GrabCutTool(context),
});

/** Parts the object in a box from its background; scribbles say what it got wrong. */
class GrabCutTool extends RegionTool {
  #state: State = { kind: 'idle' };

  constructor(context: ToolContext) {
    super(context, 'grabCut', 'Object in a box');
  }

  down(pointer: ToolPointer): void {
    const state = this.#state;
    if (state.kind === 'idle') {
      if (this.begin()) this.#state = { kind: 'boxing', from: this.context.place(pointer), pressed: pointer };
    } else if (state.kind === 'boxing') {
      this.#complete(state.from, pointer);
    } else {
      const { x, y } = this.context.place({ ...pointer, alt: true });
      const radius = scribbleRadius / this.context.camera.scale;
      const line: Scribble = { points: [x, y], isObject: !pointer.ctrl, radius };
      this.#state = { kind: 'scribbling', box: state.box, scribbles: state.scribbles, line, last: pointer };
      this.present();
    }
  }

  move(pointer: ToolPointer): void {
    this.context.setCursor('crosshair');
    const state = this.#state;
    if (state.kind === 'idle') this.context.show({ ...nothingShown, crosshair: this.context.place(pointer) });
    else if (state.kind === 'boxing') {
      const band = between(state.from, this.context.place(pointer));
      this.context.show({ ...nothingShown, band });
    } else if (state.kind === 'scribbling') {
      const { screen } = state.last;
      if (Math.hypot(pointer.screen.x - screen.x, pointer.screen.y - screen.y) < scribbleStep) return;
      const { x, y } = this.context.place({ ...pointer, alt: true });
      this.#state = { ...state, line: { ...state.line, points: [...state.line.points, x, y] }, last: pointer };
      this.present();
    }
  }

  up(pointer: ToolPointer): void {
    const state = this.#state;
    if (state.kind === 'boxing' && state.pressed !== null) {
      if (travelled(state.pressed.screen, pointer.screen)) this.#complete(state.from, pointer);
      else this.#state = { ...state, pressed: null };
    } else if (state.kind === 'scribbling') {
      this.#state = { kind: 'boxed', box: state.box, scribbles: [...state.scribbles, state.line] };
      this.refresh();
    }
  }

  override finish(): void {
    if (this.#state.kind !== 'boxing') super.finish();
  }

  settingsChanged(): void {
    if (this.#state.kind === 'boxed') this.refresh();
  }

  stepBack(): boolean {
    const state = this.#state;
    if (!this.busy) return false;
    if (state.kind !== 'boxed' || state.scribbles.length === 0) {
      this.cancel();
      return true;
    }
    this.#state = { ...state, scribbles: state.scribbles.slice(0, -1) };
    this.present();
    this.refresh();
    return true;
  }

  protected ask(wish: OutlineWish, lane: string): Promise<Outlined | null> {
    const state = this.#state;
    if (state.kind !== 'boxed' && state.kind !== 'scribbling') return Promise.resolve(null);
    return this.context.assist.ask('segment', { box: state.box, scribbles: state.scribbles, ...wish }, lane);
  }

  protected forget(): void {
    this.#state = { kind: 'idle' };
  }

  protected override decoration() {
    const state = this.#state;
    if (state.kind !== 'boxed' && state.kind !== 'scribbling') return {};
    const scribbles = state.kind === 'scribbling' ? [...state.scribbles, state.line] : state.scribbles;
    return { lines: [frame(state.box), ...scribbles.map((scribble) => this.#line(scribble))] };
  }

  #line({ points, isObject, radius }: Scribble): PreviewLine {
    const color = isObject && this.classId !== null ? { classId: this.classId } : 'away';
    return { points, closed: false, color, width: 2 * radius * this.context.camera.scale };
  }

  #complete(from: ImagePoint, pointer: ToolPointer): void {
    const box = between(from, this.context.place(pointer));
    if (box.right - box.left < leastSide || box.bottom - box.top < leastSide) {
      this.#state = { kind: 'boxing', from, pressed: null };
      return;
    }
    this.#state = { kind: 'boxed', box, scribbles: [] };
    this.present();
    this.refresh();
  }
}

function between(a: ImagePoint, b: ImagePoint): ImageBox {
  return {
    left: Math.min(a.x, b.x),
    top: Math.min(a.y, b.y),
    right: Math.max(a.x, b.x),
    bottom: Math.max(a.y, b.y),
  };
}

function frame({ left, top, right, bottom }: ImageBox): PreviewLine {
  return { points: [left, top, right, top, right, bottom, left, bottom], closed: true, color: 'plain', width: 1 };
}

import { withVisibility } from '../geometry/skeleton-layout.ts';
import type { ImageBox, ImagePoint, ScreenPoint } from '../geometry/spaces.ts';
import { verticesOf, withoutVertex } from '../geometry/vertices.ts';
import type { EditorRecord, Shape } from '../model/annotation.ts';
import { gripAt, moving, type Reshaping } from './reshaping.ts';
import {
  defineTool,
  nothingShown,
  type Tool,
  type ToolContext,
  type ToolPointer,
  travelled,
  type VertexOf,
} from './tool.ts';

export const selectTool = defineTool({
  id: 'select',
  title: 'Select and edit',
  key: 'V',
  draws: null,
  edits: false,
  hint: null,
  create: (context) => new SelectTool(context),
});

type State =
  | { readonly kind: 'idle' }
  /** The button is down on nothing; dragging spans a band: over objects, or with Ctrl over vertices of the selected one. */
  | {
      readonly kind: 'band';
      readonly from: ImagePoint;
      readonly screen: ScreenPoint;
      readonly kept: readonly string[];
      readonly vertices: readonly VertexOf[] | null;
    }
  /** The button is down on an object or a grip; nothing has moved yet. */
  | {
      readonly kind: 'pressed';
      readonly screen: ScreenPoint;
      readonly reshaping: Reshaping;
      readonly toggle: readonly string[] | null;
    }
  | { readonly kind: 'reshaping'; readonly reshaping: Reshaping };

/** Selects, moves and reshapes. */
export class SelectTool implements Tool {
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
    const held = this.#gripAt(pointer.screen);
    const only = this.#only();
    if (pointer.ctrl && only !== null && held?.kind !== 'vertex') {
      const vertices = pointer.shift ? context.activeVertices : [];
      this.#state = { kind: 'band', from: pointer.image, screen: pointer.screen, kept: context.selection, vertices };
      return;
    }
    if (held !== null && (!pointer.shift || held.kind === 'vertex' || held.kind === 'turn')) {
      if (pointer.alt && held.vertex !== null && held.kind === 'vertex') this.#removeVertices([held.vertex]);
      else this.#state = { kind: 'pressed', screen: pointer.screen, reshaping: held, toggle: null };
      return;
    }
    context.activeVertices = [];
    const hit = context.hit(pointer.image);
    if (hit === null) {
      const kept = pointer.shift ? context.selection : [];
      this.#state = { kind: 'band', from: pointer.image, screen: pointer.screen, kept, vertices: null };
      return;
    }
    const wasSelected = context.selection.includes(hit.id);
    const meant = pointer.alt ? [hit.id] : context.groupOf(hit);
    if (!wasSelected) context.select(pointer.shift ? [...context.selection, ...meant] : meant);
    const reshaping = moving(context, this.#movable(), pointer.image);
    this.#state = {
      kind: 'pressed',
      screen: pointer.screen,
      reshaping,
      toggle: this.#toggled(hit, meant, wasSelected, pointer),
    };
  }

  move(pointer: ToolPointer): void {
    const state = this.#state;
    switch (state.kind) {
      case 'idle':
        this.#hover(pointer);
        return;
      case 'band':
        if (travelled(state.screen, pointer.screen)) this.#spanBand(state, pointer.image);
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
      if (!travelled(state.screen, pointer.screen) && state.vertices === null) this.#context.select(state.kept);
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

  /** Backspace or Delete on chosen vertices. */
  stepBack(): boolean {
    const vertices = this.#context.activeVertices;
    this.#removeVertices(vertices);
    return vertices.length > 0;
  }

  /** The only selected object, if it can be reshaped. */
  #only(): EditorRecord | null {
    const [id, ...others] = this.#context.selection;
    const only = id === undefined || others.length > 0 ? undefined : this.#context.record(id);
    return only === undefined || this.#context.readOnly || this.#context.isLocked(only) ? null : only;
  }

  #gripAt(screen: ScreenPoint): Reshaping | null {
    const only = this.#only();
    return only === null ? null : gripAt(this.#context, only, screen);
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

  #click(reshaping: Reshaping, toggle: readonly string[] | null, pointer: ToolPointer): void {
    if (reshaping.vertex !== null && reshaping.kind === 'vertex') {
      this.#choose(reshaping.vertex, pointer.shift);
      this.#context.show(null);
    } else if (toggle !== null) {
      const others = this.#context.selection.filter((id) => !toggle.includes(id));
      this.#context.select(pointer.shift ? others : toggle);
    }
  }

  /** What a click on a selected object leaves selected or, with Shift, takes out: of a group first all, then the one. */
  #toggled(
    hit: EditorRecord,
    meant: readonly string[],
    wasSelected: boolean,
    { shift }: ToolPointer,
  ): readonly string[] | null {
    const { selection } = this.#context;
    if (!wasSelected || (!shift && selection.length === 1)) return null;
    const isGroup = selection.length === meant.length && meant.every((id) => selection.includes(id));
    return isGroup && !shift ? [hit.id] : meant;
  }

  #choose(vertex: VertexOf, more: boolean): void {
    const chosen = this.#context.activeVertices;
    const others = chosen.filter(({ ring, index }) => ring !== vertex.ring || index !== vertex.index);
    if (!more) this.#context.activeVertices = [vertex];
    else this.#context.activeVertices = others.length < chosen.length ? others : [...chosen, vertex];
  }

  #spanBand({ from, kept, vertices }: Extract<State, { kind: 'band' }>, to: ImagePoint): void {
    const band: ImageBox = {
      left: Math.min(from.x, to.x),
      top: Math.min(from.y, to.y),
      right: Math.max(from.x, to.x),
      bottom: Math.max(from.y, to.y),
    };
    this.#context.show({ ...nothingShown, band });
    const only = this.#only();
    if (vertices === null || only === null) {
      this.#context.select([...new Set([...kept, ...this.#context.within(band).map((record) => record.id)])]);
      return;
    }
    const isInside = (p: ImagePoint) => p.x >= band.left && p.x <= band.right && p.y >= band.top && p.y <= band.bottom;
    const isNew = ({ ring, index }: VertexOf) => !vertices.some((v) => v.ring === ring && v.index === index);
    const found = verticesOf(only.shape).filter(isInside);
    const inBand = found.map(({ ring, index }) => ({ id: only.id, ring, index })).filter(isNew);
    this.#context.activeVertices = [...vertices, ...inBand];
  }

  /** Whole objects follow the raw pointer; corners and vertices are placed in the image. */
  #records(reshaping: Reshaping, pointer: ToolPointer): readonly EditorRecord[] {
    if (reshaping.kind === 'move' || reshaping.kind === 'corners') return reshaping.at(pointer.image, pointer);
    const { x, y } = reshaping.offset;
    const held = { ...pointer, image: { x: pointer.image.x + x, y: pointer.image.y + y } };
    if (reshaping.kind === 'turn') return reshaping.at(held.image, pointer);
    if (reshaping.vertex === null || pointer.ctrl) return reshaping.at(this.#context.place(held), pointer);
    return reshaping.at(this.#context.snap(held, reshaping.ids).point, pointer);
  }

  #reshape(reshaping: Reshaping, pointer: ToolPointer): void {
    const shapes = this.#records(reshaping, pointer);
    this.#context.show({ ...nothingShown, shapes, focus: vertexIn(shapes, reshaping.vertex) });
  }

  /** A keypoint is not deleted: it becomes absent. */
  #removeVertices(vertices: readonly VertexOf[]): void {
    this.#context.activeVertices = [];
    const [first] = vertices;
    const record = first === undefined ? undefined : this.#context.record(first.id);
    if (record === undefined) return;
    // From the last to the first, so that the others keep their places.
    const inTurn = [...vertices].sort((a, b) => b.ring - a.ring || b.index - a.index);
    let shape: Shape | null = record.shape;
    for (const vertex of inTurn) {
      if (shape?.kind === 'keypoints') shape = withVisibility(shape, vertex.index, 0);
      else if (shape !== null) shape = withoutVertex(shape, vertex);
    }
    if (shape === null) return;
    const reshaped = this.#context.reshaped(record, shape);
    const label = vertices.length === 1 ? 'Delete vertex' : `Delete ${vertices.length} vertices`;
    this.#context.commit(label, (transaction) => transaction.put(reshaped));
  }
}

/** Where the dragged vertex is now. */
function vertexIn(records: readonly EditorRecord[], vertex: VertexOf | null): ImagePoint | null {
  const shape = records.find(({ id }) => id === vertex?.id)?.shape;
  if (vertex === null || shape === undefined) return null;
  return verticesOf(shape).find(({ ring, index }) => ring === vertex.ring && index === vertex.index) ?? null;
}

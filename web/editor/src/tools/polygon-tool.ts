import { ringArea } from '../geometry/polygon.ts';
import type { ImagePoint, ScreenPoint } from '../geometry/spaces.ts';
import { nothingShown, type Tool, type ToolContext, type ToolPointer } from './tool.ts';

const closeDistance = 10;
const repeatDistance = 4;
const freehandStep = 8;

type Drawing = { readonly classId: string; readonly points: readonly number[] };

/**
 * Draws polygons vertex by vertex; dragging draws freehand. A click on the first vertex, a second click on the
 * last one (double-click) or Enter completes it.
 */
export class PolygonTool implements Tool {
  readonly id = 'polygon';
  readonly #context: ToolContext;
  #drawing: Drawing | null = null;
  #pressed = false;
  #at: ImagePoint = { x: 0, y: 0 };

  constructor(context: ToolContext) {
    this.#context = context;
  }

  get busy(): boolean {
    return this.#drawing !== null;
  }

  down(pointer: ToolPointer): void {
    this.#at = this.#context.place(pointer);
    this.#pressed = true;
    if (this.#drawing === null) {
      const classId = this.#context.classFor('polygon');
      if (classId === null) return;
      this.#context.select([]);
      this.#drawing = { classId, points: [] };
    } else if (this.#isClosing(pointer.screen) || this.#isRepeat(pointer.screen)) {
      this.finish();
      return;
    }
    this.#add(this.#at);
  }

  move(pointer: ToolPointer): void {
    this.#context.setCursor('crosshair');
    this.#at = this.#context.place(pointer);
    if (this.#drawing === null) {
      this.#context.show({ ...nothingShown, crosshair: this.#at });
      return;
    }
    if (this.#pressed && this.#screenDistance(-1, pointer.screen) >= freehandStep) this.#add(this.#at);
    this.#show(this.#isClosing(pointer.screen));
  }

  up(pointer: ToolPointer): void {
    this.#pressed = false;
    const drawnFreehand = this.#screenDistance(0, pointer.screen) <= closeDistance && this.#count > 8;
    if (drawnFreehand) this.finish();
  }

  cancel(): void {
    this.#drawing = null;
    this.#pressed = false;
    this.#context.show(null);
  }

  finish(): void {
    if (this.#drawing === null || this.#count < 3 || ringArea(this.#drawing.points) === 0) return;
    const { classId, points } = this.#drawing;
    this.cancel();
    const record = this.#context.newRecord({ kind: 'polygon', parts: [{ outer: points, holes: [] }] }, classId);
    this.#context.commit('Draw polygon', (transaction) => transaction.put(record));
  }

  stepBack(): boolean {
    if (this.#drawing === null) return false;
    const points = this.#drawing.points.slice(0, -2);
    if (points.length === 0) {
      this.cancel();
    } else {
      this.#drawing = { ...this.#drawing, points };
      this.#show(false);
    }
    return true;
  }

  get #count(): number {
    return (this.#drawing?.points.length ?? 0) / 2;
  }

  #add(p: ImagePoint): void {
    if (this.#drawing === null) return;
    this.#drawing = { ...this.#drawing, points: [...this.#drawing.points, p.x, p.y] };
    this.#show(false);
  }

  #show(closing: boolean): void {
    if (this.#drawing === null) return;
    const { classId, points } = this.#drawing;
    this.#context.show({ ...nothingShown, path: { classId, points, to: this.#at, closing } });
  }

  #isClosing(screen: ScreenPoint): boolean {
    return this.#count >= 3 && this.#screenDistance(0, screen) <= closeDistance;
  }

  #isRepeat(screen: ScreenPoint): boolean {
    return this.#count >= 3 && this.#screenDistance(-1, screen) <= repeatDistance;
  }

  /** From a vertex (negative: counted from the end) to the pointer, in CSS pixels. */
  #screenDistance(vertex: number, screen: ScreenPoint): number {
    const points = this.#drawing?.points ?? [];
    const [x, y] = [points.at(2 * vertex), points.at(2 * vertex + 1)];
    if (x === undefined || y === undefined) return Number.POSITIVE_INFINITY;
    const v = this.#context.camera.toScreen({ x, y });
    return Math.hypot(v.x - screen.x, v.y - screen.y);
  }
}

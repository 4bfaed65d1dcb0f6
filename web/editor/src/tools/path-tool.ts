import { outlineOf } from '../geometry/outline.ts';
import { type OnOutline, pathLength, verticesBetween } from '../geometry/snapping.ts';
import type { ScreenPoint } from '../geometry/spaces.ts';
import { nothingShown, type Snapped, type Tool, type ToolContext, type ToolPointer } from './tool.ts';

const closeDistance = 10;
const repeatDistance = 4;
const freehandStep = 8;

/** What is being drawn. */
export type PathPlan = {
  /** Null for a line that becomes no object. */
  readonly classId: string | null;
  readonly closed: boolean;
  /** Takes the finished path; false = it cannot be that, it stays in hand. */
  complete(points: readonly number[]): boolean;
};

type Drawing = {
  readonly plan: PathPlan;
  readonly points: readonly number[];
  /** The outlines that the last vertex lies on. */
  readonly on: readonly OnOutline[];
};

/**
 * Draws a path vertex by vertex; dragging draws freehand. With Shift, between two vertices on the outline of the same
 * object, the path follows that outline, with Ctrl besides the longer way round. A second click on the last vertex
 * (double-click) or Enter completes it, and a ring a click on its first vertex.
 */
export class PathTool implements Tool {
  readonly #context: ToolContext;
  readonly #begin: (pointer: ToolPointer) => PathPlan | null;
  #drawing: Drawing | null = null;
  #pressed = false;

  constructor(context: ToolContext, begin: (pointer: ToolPointer) => PathPlan | null) {
    this.#context = context;
    this.#begin = begin;
  }

  get busy(): boolean {
    return this.#drawing !== null;
  }

  down(pointer: ToolPointer): void {
    const at = this.#context.snap(pointer);
    this.#pressed = true;
    if (this.#drawing === null) {
      const plan = this.#begin(pointer);
      if (plan === null) return;
      this.#drawing = { plan, points: [at.point.x, at.point.y], on: at.on };
    } else if (this.#isClosing(pointer.screen) || this.#isRepeat(pointer.screen)) {
      this.finish();
      return;
    } else {
      this.#add([...this.#traced(at, pointer), at.point.x, at.point.y], at.on);
    }
    this.#show(pointer, at);
  }

  move(pointer: ToolPointer): void {
    this.#context.setCursor('crosshair');
    const isFreehand =
      this.#pressed && this.#drawing !== null && this.#screenDistance(-1, pointer.screen) >= freehandStep;
    const at = isFreehand ? { point: this.#context.place(pointer), on: [] } : this.#context.snap(pointer);
    if (isFreehand) this.#add([at.point.x, at.point.y], []);
    this.#show(pointer, at);
  }

  up(pointer: ToolPointer): void {
    this.#pressed = false;
    const isClosed = this.#drawing?.plan.closed === true && this.#screenDistance(0, pointer.screen) <= closeDistance;
    if (isClosed && this.#count > 8) this.finish();
  }

  cancel(): void {
    this.#drawing = null;
    this.#pressed = false;
    this.#context.show(null);
  }

  finish(): void {
    if (this.#drawing === null) return;
    const { plan, points } = this.#drawing;
    if (this.#count < (plan.closed ? 3 : 2)) return;
    // The tool is idle again before the store tells what has changed.
    const drawing = this.#drawing;
    this.cancel();
    if (!plan.complete(points)) this.#drawing = drawing;
  }

  stepBack(): boolean {
    if (this.#drawing === null) return false;
    const points = this.#drawing.points.slice(0, -2);
    if (points.length === 0) {
      this.cancel();
      return true;
    }
    this.#drawing = { ...this.#drawing, points, on: [] };
    const [x = 0, y = 0] = points.slice(-2);
    this.#context.show({ ...nothingShown, path: { ...this.#path, points, to: { x, y }, closing: false } });
    return true;
  }

  get #count(): number {
    return (this.#drawing?.points.length ?? 0) / 2;
  }

  get #path(): { readonly classId: string | null } {
    return { classId: this.#drawing?.plan.classId ?? null };
  }

  #add(points: readonly number[], on: readonly OnOutline[]): void {
    if (this.#drawing === null) return;
    this.#drawing = { ...this.#drawing, points: [...this.#drawing.points, ...points], on };
  }

  #show(pointer: ToolPointer, { point, on }: Snapped): void {
    const snapped = on.length === 0 ? null : point;
    if (this.#drawing === null) {
      this.#context.show({ ...nothingShown, crosshair: point, snapped });
      return;
    }
    const points = [...this.#drawing.points, ...this.#traced({ point, on }, pointer)];
    const closing = this.#isClosing(pointer.screen);
    this.#context.show({ ...nothingShown, path: { ...this.#path, points, to: point, closing }, snapped });
  }

  /** The vertices of another object's outline between the last vertex and this place on the same outline, by the shortest way if several lead there. */
  #traced({ point, on }: Snapped, pointer: ToolPointer): readonly number[] {
    const { on: from = [], points = [] } = this.#drawing ?? {};
    if (!pointer.shift) return [];
    const ways = from.flatMap((start) =>
      on
        .filter(({ id, path }) => start.id === id && start.path === path)
        .map((end) => this.#between(start, end, pointer.ctrl)),
    );
    const length = (way: readonly number[]) => pathLength([...points.slice(-2), ...way, point.x, point.y]);
    return ways.sort((a, b) => length(a) - length(b))[0] ?? [];
  }

  #between(from: OnOutline, to: OnOutline, longer: boolean): readonly number[] {
    const shape = this.#context.record(from.id)?.shape;
    const outline = shape === undefined ? null : outlineOf(shape);
    const path = outline?.paths[from.path];
    return outline === null || path === undefined
      ? []
      : verticesBetween(path, outline.closed, from.position, to.position, longer);
  }

  #isClosing(screen: ScreenPoint): boolean {
    const isRing = this.#drawing?.plan.closed === true;
    return isRing && this.#count >= 3 && this.#screenDistance(0, screen) <= closeDistance;
  }

  #isRepeat(screen: ScreenPoint): boolean {
    const least = this.#drawing?.plan.closed === true ? 3 : 2;
    return this.#count >= least && this.#screenDistance(-1, screen) <= repeatDistance;
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

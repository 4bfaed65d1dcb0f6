import type { ImagePoint } from '../geometry/spaces.ts';
import { nothingShown, type Preview, type Tool, type ToolContext, type ToolPointer } from './tool.ts';

type Drawing = { readonly classId: string; readonly points: readonly ImagePoint[] };

/** What tools have in common that take a fixed number of clicks. A drag counts as a click at each of its ends. */
export abstract class ClickingTool implements Tool {
  protected readonly context: ToolContext;
  #drawing: Drawing | null = null;

  constructor(context: ToolContext) {
    this.context = context;
  }

  get busy(): boolean {
    return this.#drawing !== null;
  }

  down(pointer: ToolPointer): void {
    if (this.#drawing === null) {
      const classId = this.begin();
      if (classId === null) return;
      this.context.select([]);
      this.#drawing = { classId, points: [] };
    }
    this.#click(pointer);
  }

  move(pointer: ToolPointer): void {
    this.context.setCursor('crosshair');
    const at = this.place(this.#drawing?.points ?? [], pointer);
    if (this.#drawing === null) this.context.show({ ...nothingShown, crosshair: at });
    else this.context.show(this.preview(this.#drawing.classId, [...this.#drawing.points, at]));
  }

  up(pointer: ToolPointer): void {
    const last = this.#drawing?.points.at(-1);
    if (last === undefined) return;
    const pressed = this.context.camera.toScreen(last);
    if (Math.hypot(pressed.x - pointer.screen.x, pressed.y - pointer.screen.y) > dragged) this.#click(pointer);
  }

  cancel(): void {
    this.#drawing = null;
    this.context.show(null);
  }

  finish(): void {}

  stepBack(): boolean {
    if (this.#drawing === null) return false;
    const { classId, points } = this.#drawing;
    if (points.length < 2) {
      this.cancel();
    } else {
      this.#drawing = { classId, points: points.slice(0, -1) };
      this.context.show(this.preview(classId, this.#drawing.points));
    }
    return true;
  }

  /** The class to draw; null = not now. */
  protected abstract begin(): string | null;

  /** Where a click after these points counts. */
  protected abstract place(points: readonly ImagePoint[], pointer: ToolPointer): ImagePoint;

  /** What to show with these points, the pointer being the last one. */
  protected abstract preview(classId: string, points: readonly ImagePoint[]): Preview;

  /** `kept` = a point that counts; `refused` = one that cannot be here; `done` = the last one, the shape is committed. */
  protected abstract take(classId: string, points: readonly ImagePoint[]): 'kept' | 'refused' | 'done';

  #click(pointer: ToolPointer): void {
    if (this.#drawing === null) return;
    const { classId, points } = this.#drawing;
    const next = [...points, this.place(points, pointer)];
    const answer = this.take(classId, next);
    if (answer === 'done') this.cancel();
    else if (answer === 'kept') {
      this.#drawing = { classId, points: next };
      this.context.show(this.preview(classId, next));
    }
  }
}

/** CSS pixels from which on a press with a release elsewhere is two clicks. */
const dragged = 12;

export function flat(points: readonly ImagePoint[]): number[] {
  return points.flatMap(({ x, y }) => [x, y]);
}

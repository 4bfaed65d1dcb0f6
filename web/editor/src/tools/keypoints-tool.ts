import { spreadSkeleton } from '../geometry/skeleton-layout.ts';
import type { ImagePoint, ScreenPoint } from '../geometry/spaces.ts';
import type { SkeletonDefinition } from '../model/ontology.ts';
import { defineTool, nothingShown, type Tool, type ToolContext, type ToolPointer, travelled } from './tool.ts';

export const keypointsTool = defineTool({
  id: 'keypoints',
  title: 'Keypoints',
  key: 'K',
  draws: 'keypoints',
  edits: true,
  hint: 'Drag a box to place them all, or click one after the other; Shift: hidden, Ctrl: not there, Enter: no more',
  create: (context) => new KeypointsTool(context),
});

type Drawing = {
  readonly classId: string;
  readonly skeleton: SkeletonDefinition;
  /** `x, y, visibility` of the points placed so far. */
  readonly points: readonly number[];
};

/** Places a skeleton: whole in a box, to be adjusted, or point by point. */
class KeypointsTool implements Tool {
  readonly #context: ToolContext;
  #drawing: Drawing | null = null;
  /** Where the button went down that may become a drag. */
  #pressed: { readonly from: ImagePoint; readonly screen: ScreenPoint } | null = null;

  constructor(context: ToolContext) {
    this.#context = context;
  }

  get busy(): boolean {
    return this.#drawing !== null;
  }

  down(pointer: ToolPointer): void {
    if (this.#drawing !== null) {
      this.#add(pointer);
      return;
    }
    const classId = this.#context.classFor('keypoints');
    const skeleton = classId === null ? undefined : this.#context.skeletonOf(classId);
    if (classId === null) return;
    if (skeleton === undefined) {
      this.#context.notify('This class has no skeleton. Choose one that has, or give it one on the ontology page.');
      return;
    }
    this.#context.select([]);
    this.#drawing = { classId, skeleton, points: [] };
    this.#pressed = { from: this.#context.place(pointer), screen: pointer.screen };
  }

  move(pointer: ToolPointer): void {
    this.#context.setCursor('crosshair');
    const at = this.#context.place(pointer);
    if (this.#drawing === null) this.#context.show({ ...nothingShown, crosshair: at });
    else if (this.#pressed !== null) this.#spread(this.#pressed, pointer);
    else this.#show(at);
  }

  up(pointer: ToolPointer): void {
    const pressed = this.#pressed;
    this.#pressed = null;
    if (pressed === null || this.#drawing === null) return;
    if (!travelled(pressed.screen, pointer.screen)) {
      this.#add(pointer);
      return;
    }
    const shape = this.#spreadShape(pressed.from, this.#context.place(pointer));
    if (shape === null) {
      this.cancel();
      return;
    }
    this.#commit(shape.points);
    this.#context.editSelection();
  }

  cancel(): void {
    this.#drawing = null;
    this.#pressed = null;
    this.#context.show(null);
  }

  /** Those that were not placed are absent. */
  finish(): void {
    const points = this.#drawing?.points ?? [];
    if (points.some((value, i) => i % 3 === 2 && value > 0)) this.#commit(points);
  }

  stepBack(): boolean {
    if (this.#drawing === null) return false;
    const points = this.#drawing.points.slice(0, -3);
    if (points.length === 0) {
      this.cancel();
      return true;
    }
    this.#drawing = { ...this.#drawing, points };
    this.#show(null);
    return true;
  }

  #add(pointer: ToolPointer): void {
    if (this.#drawing === null) return;
    const { x, y } = this.#context.place(pointer);
    const point = pointer.ctrl ? [0, 0, 0] : [x, y, pointer.shift ? 1 : 2];
    const points = [...this.#drawing.points, ...point];
    this.#drawing = { ...this.#drawing, points };
    if (points.length < 3 * this.#drawing.skeleton.points.length) this.#show({ x, y });
    else if (points.some((value, i) => i % 3 === 2 && value > 0)) this.#commit(points);
    else this.cancel();
  }

  #commit(placed: readonly number[]): void {
    if (this.#drawing === null) return;
    const { classId, skeleton } = this.#drawing;
    const absent = new Array<number>(3 * skeleton.points.length - placed.length).fill(0);
    this.cancel();
    const record = this.#context.newRecord({ kind: 'keypoints', points: [...placed, ...absent] }, classId);
    this.#context.commit('Draw keypoints', (transaction) => transaction.put(record));
    this.#context.select([record.id]);
  }

  #spread({ from, screen }: { from: ImagePoint; screen: ScreenPoint }, pointer: ToolPointer): void {
    const shape = travelled(screen, pointer.screen) ? this.#spreadShape(from, this.#context.place(pointer)) : null;
    const classId = this.#drawing?.classId ?? '';
    this.#context.show({ ...nothingShown, shapes: shape === null ? [] : [{ id: null, classId, shape }] });
  }

  #spreadShape(from: ImagePoint, to: ImagePoint) {
    if (this.#drawing === null || from.x === to.x || from.y === to.y) return null;
    const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x)];
    const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
    return spreadSkeleton(this.#drawing.skeleton, { left, top, right, bottom });
  }

  /** The points so far, and the name of the one that a click would place. */
  #show(at: ImagePoint | null): void {
    if (this.#drawing === null) return;
    const { classId, skeleton, points } = this.#drawing;
    const name = skeleton.points[points.length / 3];
    const caption = at === null || name === undefined ? null : { at, text: name };
    this.#context.show({
      ...nothingShown,
      shapes: [{ id: null, classId, shape: { kind: 'keypoints', points } }],
      caption,
    });
  }
}

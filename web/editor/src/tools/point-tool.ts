import { nothingShown, type Tool, type ToolContext, type ToolPointer } from './tool.ts';

/** Each click is a point. */
export class PointTool implements Tool {
  readonly id = 'point';
  readonly busy = false;
  readonly #context: ToolContext;

  constructor(context: ToolContext) {
    this.#context = context;
  }

  down(pointer: ToolPointer): void {
    const classId = this.#context.classFor('point');
    if (classId === null) return;
    const { x, y } = this.#context.place(pointer);
    const record = this.#context.newRecord({ kind: 'point', x, y }, classId);
    this.#context.commit('Draw point', (transaction) => transaction.put(record));
  }

  move(pointer: ToolPointer): void {
    this.#context.setCursor('crosshair');
    this.#context.show({ ...nothingShown, crosshair: this.#context.place(pointer) });
  }

  up(): void {}

  cancel(): void {
    this.#context.show(null);
  }

  finish(): void {}

  stepBack(): boolean {
    return false;
  }
}

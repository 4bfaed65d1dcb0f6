import { defineTool, nothingShown, type Tool, type ToolContext, type ToolPointer } from './tool.ts';

export const pointTool = defineTool({
  id: 'point',
  title: 'Point',
  key: 'O',
  draws: 'point',
  edits: true,
  hint: 'Click where it is',
  create: (context) => new PointTool(context),
});

/** Each click is a point. */
class PointTool implements Tool {
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

import type { ScreenPoint } from '../geometry/spaces.ts';
import { defineTool, type Tool, type ToolContext, type ToolPointer } from './tool.ts';

export const panTool = defineTool({
  id: 'pan',
  title: 'Pan',
  key: 'H',
  draws: null,
  edits: false,
  hint: null,
  create: (context) => new PanTool(context),
});

/** Drags the picture. */
class PanTool implements Tool {
  readonly #context: ToolContext;
  #last: ScreenPoint | null = null;

  constructor(context: ToolContext) {
    this.#context = context;
  }

  get busy(): boolean {
    return this.#last !== null;
  }

  down(pointer: ToolPointer): void {
    this.#last = pointer.screen;
    this.#context.setCursor('grabbing');
  }

  move(pointer: ToolPointer): void {
    if (this.#last === null) {
      this.#context.setCursor('grab');
      return;
    }
    this.#context.pan(pointer.screen.x - this.#last.x, pointer.screen.y - this.#last.y);
    this.#last = pointer.screen;
  }

  up(): void {
    this.cancel();
  }

  cancel(): void {
    this.#last = null;
    this.#context.setCursor('grab');
  }

  finish(): void {}

  stepBack(): boolean {
    return false;
  }
}

import { unionOf } from '../masks/algebra.ts';
import { enclosedAt, partAt } from '../masks/components.ts';
import type { MaskShape } from '../model/annotation.ts';
import { type PaintTarget, paintRegion, paintTarget } from './painting.ts';
import { defineTool, type Tool, type ToolContext, type ToolPointer } from './tool.ts';

export const fillTool = defineTool({
  id: 'fill',
  title: 'Mask fill',
  key: 'Alt+F',
  draws: 'mask',
  edits: true,
  hint: 'Click a hole of a mask, or a gap that masks enclose, to fill it. With Ctrl a click takes a separate part of the mask off',
  create: (context) => new FillTool(context),
});

/** Fills what masks enclose; with Ctrl takes off the part of a mask that was clicked. Never has anything in hand. */
class FillTool implements Tool {
  readonly busy = false;
  readonly #context: ToolContext;

  constructor(context: ToolContext) {
    this.#context = context;
  }

  down(pointer: ToolPointer): void {
    const target = paintTarget(this.#context, pointer, pointer.ctrl);
    if (target === null) return;
    const [column, row] = [Math.floor(pointer.image.x), Math.floor(pointer.image.y)];
    const region = pointer.ctrl
      ? target.record && partAt(target.record.shape, column, row)
      : this.#gap(target, column, row);
    if (region === null)
      this.#context.notify(pointer.ctrl ? 'The mask has nothing here.' : 'No mask encloses this place.');
    paintRegion(this.#context, target, region, pointer.ctrl, pointer.ctrl ? 'Take part off mask' : 'Fill');
  }

  move(): void {
    this.#context.setCursor('crosshair');
  }

  up(): void {}

  cancel(): void {
    this.#context.show(null);
  }

  finish(): void {}

  stepBack(): boolean {
    return false;
  }

  /** What the mask encloses; for a new mask, or where masks must not overlap, what all of them enclose together. */
  #gap({ record }: PaintTarget, column: number, row: number): MaskShape | null {
    const isAlone = record !== null && this.#context.drawing.maskRule === 'overlap';
    const walls = isAlone ? record.shape : unionOf(this.#context.masks().map(({ shape }) => shape));
    return walls === null ? null : enclosedAt(walls, column, row);
  }
}

import { inSteps, rotatedBoxThrough } from '../geometry/frames.ts';
import { clampToImage } from '../geometry/moving.ts';
import type { ImagePoint } from '../geometry/spaces.ts';
import { ClickingTool, flat } from './clicking-tool.ts';
import { turningStep } from './reshaping.ts';
import { defineTool, nothingShown, type Preview, type ToolPointer } from './tool.ts';

export const rotatedBoxTool = defineTool({
  id: 'rotatedBox',
  title: 'Rotated box',
  key: 'R',
  draws: 'rotatedBox',
  edits: true,
  hint: 'Click both ends of one side, then the opposite side; Shift: steps of 15°',
  create: (context) => new RotatedBoxTool(context),
});

/** Draws a rotated box by one of its sides and a point on the opposite one. */
class RotatedBoxTool extends ClickingTool {
  protected begin(): string | null {
    return this.context.classFor('rotatedBox');
  }

  protected place(points: readonly ImagePoint[], pointer: ToolPointer): ImagePoint {
    const at = this.context.snap(pointer).point;
    const [first] = points;
    if (points.length !== 1 || first === undefined || !pointer.shift) return at;
    return clampToImage(inSteps(first, at, turningStep), this.context.image);
  }

  protected preview(classId: string, points: readonly ImagePoint[]): Preview {
    const [a, b, p] = points;
    const shape = a !== undefined && b !== undefined && p !== undefined ? rotatedBoxThrough(a, b, p) : null;
    if (shape !== null) return { ...nothingShown, shapes: [{ id: null, classId, shape }] };
    const to = points.at(-1) ?? { x: 0, y: 0 };
    const path = { classId, points: flat(points.slice(0, Math.max(1, points.length - 1))), to, closing: false };
    return { ...nothingShown, path, crosshair: to };
  }

  protected take(classId: string, points: readonly ImagePoint[]): 'kept' | 'refused' | 'done' {
    const [a, b, p] = points;
    if (a === undefined || b === undefined) return 'kept';
    if (p === undefined) return a.x === b.x && a.y === b.y ? 'refused' : 'kept';
    const shape = rotatedBoxThrough(a, b, p);
    if (shape === null) return 'refused';
    const record = this.context.newRecord(shape, classId);
    this.context.commit('Draw rotated box', (transaction) => transaction.put(record));
    return 'done';
  }
}

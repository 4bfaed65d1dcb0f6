import { boxBetween } from '../geometry/box-handles.ts';
import { cuboidBehind } from '../geometry/cuboids.ts';
import { limitMove } from '../geometry/moving.ts';
import { boundsOf } from '../geometry/outline.ts';
import type { ImagePoint, Size } from '../geometry/spaces.ts';
import type { CuboidShape } from '../model/annotation.ts';
import { ClickingTool } from './clicking-tool.ts';
import { defineTool, nothingShown, type Preview, type ToolPointer } from './tool.ts';

export const cuboidTool = defineTool({
  id: 'cuboid',
  title: 'Cuboid',
  key: 'C',
  draws: 'cuboid',
  edits: true,
  hint: 'Drag around its front, then click how far back it reaches',
  create: (context) => new CuboidTool(context),
});

/** Draws a projected cuboid: two corners of its front face, then the way from the second one to the back face. */
class CuboidTool extends ClickingTool {
  protected begin(): string | null {
    return this.context.classFor('cuboid');
  }

  protected place(_: readonly ImagePoint[], pointer: ToolPointer): ImagePoint {
    return this.context.place(pointer);
  }

  protected preview(classId: string, points: readonly ImagePoint[]): Preview {
    const [a, b, p] = points;
    const to = points.at(-1) ?? { x: 0, y: 0 };
    if (a === undefined || b === undefined) return { ...nothingShown, crosshair: to };
    const shape = p === undefined ? boxBetween(a, b) : (cuboidOf(a, b, p, this.context.image) ?? boxBetween(a, b));
    return { ...nothingShown, shapes: [{ id: null, classId, shape }], crosshair: p === undefined ? to : null };
  }

  protected take(classId: string, points: readonly ImagePoint[]): 'kept' | 'refused' | 'done' {
    const [a, b, p] = points;
    if (a === undefined || b === undefined) return 'kept';
    if (p === undefined) return a.x === b.x || a.y === b.y ? 'refused' : 'kept';
    const shape = cuboidOf(a, b, p, this.context.image);
    if (shape === null) return 'refused';
    const record = this.context.newRecord(shape, classId);
    this.context.commit('Draw cuboid', (transaction) => transaction.put(record));
    return 'done';
  }
}

/** The back face stays in the image; null while it lies on the front. */
function cuboidOf(a: ImagePoint, b: ImagePoint, p: ImagePoint, image: Size): CuboidShape | null {
  const front = boxBetween(a, b);
  const bounds = boundsOf(front);
  if (bounds === null) return null;
  const by = limitMove(bounds, p.x - b.x, p.y - b.y, image);
  return by.x === 0 && by.y === 0 ? null : cuboidBehind(front, by.x, by.y);
}

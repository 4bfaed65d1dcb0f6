import type { ImagePoint } from '../geometry/spaces.ts';
import type { BoxShape } from '../model/annotation.ts';
import { ClickingTool } from './clicking-tool.ts';
import { defineTool, nothingShown, type Preview, type ToolPointer } from './tool.ts';

export const extremeBoxTool = defineTool({
  id: 'extremeBox',
  title: 'Box by four points',
  key: 'Shift+B',
  draws: 'box',
  edits: true,
  hint: 'Click the object’s topmost, leftmost, lowest and rightmost point, in any order',
  create: (context) => new ExtremeBoxTool(context),
});

/**
 * Draws a box by the object's four extreme points, which are on the object, as corners are not.
 * Source: Papadopoulos et al., "Extreme clicking for efficient object annotation", ICCV 2017.
 */
class ExtremeBoxTool extends ClickingTool {
  protected begin(): string | null {
    return this.context.classFor('box');
  }

  protected place(_: readonly ImagePoint[], pointer: ToolPointer): ImagePoint {
    return this.context.place(pointer);
  }

  protected preview(classId: string, points: readonly ImagePoint[]): Preview {
    const to = points.at(-1) ?? { x: 0, y: 0 };
    const shapes = points
      .slice(0, -1)
      .map(({ x, y }) => ({ id: null, classId, shape: { kind: 'point', x, y } as const }));
    const box = { id: null, classId, shape: boxAround(points) };
    return { ...nothingShown, shapes: [box, ...shapes], crosshair: to };
  }

  protected take(classId: string, points: readonly ImagePoint[]): 'kept' | 'refused' | 'done' {
    if (points.length < 4) return 'kept';
    const box = boxAround(points);
    if (box.width === 0 || box.height === 0) return 'refused';
    const record = this.context.newRecord(box, classId);
    this.context.commit('Draw box', (transaction) => transaction.put(record));
    return 'done';
  }
}

function boxAround(points: readonly ImagePoint[]): BoxShape {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { kind: 'box', x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

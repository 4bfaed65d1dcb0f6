import { union } from './outline.ts';
import type { ImageBox, ImagePoint } from './spaces.ts';

export type Alignment = 'left' | 'center' | 'right' | 'top' | 'middle' | 'bottom';

/** How far each box has to move so that all have that edge, or their middles, on one line: that of all of them together. */
export function aligned(boxes: readonly ImageBox[], alignment: Alignment): readonly ImagePoint[] {
  const all = union(boxes);
  if (all === null) return [];
  return boxes.map((box) => way(box, all, alignment));
}

function way(box: ImageBox, all: ImageBox, alignment: Alignment): ImagePoint {
  switch (alignment) {
    case 'left':
      return { x: all.left - box.left, y: 0 };
    case 'right':
      return { x: all.right - box.right, y: 0 };
    case 'center':
      return { x: (all.left + all.right - box.left - box.right) / 2, y: 0 };
    case 'top':
      return { x: 0, y: all.top - box.top };
    case 'bottom':
      return { x: 0, y: all.bottom - box.bottom };
    case 'middle':
      return { x: 0, y: (all.top + all.bottom - box.top - box.bottom) / 2 };
  }
}

/** How far each box has to move so that the gaps between them are equal; the first and the last stay. */
export function distributed(boxes: readonly ImageBox[], axis: 'x' | 'y'): readonly ImagePoint[] {
  const [low, high] = axis === 'x' ? (['left', 'right'] as const) : (['top', 'bottom'] as const);
  const order = boxes.map((_, i) => i).sort((a, b) => middle(boxes[a], low, high) - middle(boxes[b], low, high));
  const sizes = boxes.map((box) => box[high] - box[low]);
  const [first, last] = [boxes[order[0] ?? 0], boxes[order.at(-1) ?? 0]];
  if (first === undefined || last === undefined || boxes.length < 3) return boxes.map(() => ({ x: 0, y: 0 }));
  const gap = (last[high] - first[low] - sizes.reduce((a, b) => a + b, 0)) / (boxes.length - 1);
  const moves: ImagePoint[] = boxes.map(() => ({ x: 0, y: 0 }));
  let at = first[low];
  for (const i of order) {
    const by = at - (boxes[i]?.[low] ?? 0);
    moves[i] = axis === 'x' ? { x: by, y: 0 } : { x: 0, y: by };
    at += (sizes[i] ?? 0) + gap;
  }
  return moves;
}

function middle(box: ImageBox | undefined, low: 'left' | 'top', high: 'right' | 'bottom'): number {
  return box === undefined ? 0 : (box[low] + box[high]) / 2;
}

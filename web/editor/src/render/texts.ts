import { isRightToLeft, textOf } from '../model/text.ts';
import type { SceneStyle } from './protocol.ts';
import type { SceneItem } from './scene.ts';
import type { Placement } from './trace.ts';

/** Height of the line below an object in which its text stands, in CSS pixels. */
export const textHeight = 18;
/** Narrower objects have no room for words. */
const leastWidth = 14;
/** So many times as wide as its object a text may be, and at least so many CSS pixels. */
const spill = 1.5;
const leastRoom = 80;

/** Writes below each text what it says; what is too long ends in “…”. */
export function paintTexts(
  context: OffscreenCanvasRenderingContext2D,
  items: readonly SceneItem[],
  style: SceneStyle,
  { scale, x, y }: Placement,
): void {
  const ratio = style.pixelRatio;
  context.font = `500 ${12 * ratio}px "Inter Variable", Inter, system-ui, sans-serif`;
  context.textBaseline = 'middle';
  for (const { record, box } of items) {
    const ids = style.classes[record.classId]?.text ?? null;
    const width = (box.right - box.left) * scale;
    const words = ids === null || width < leastWidth * ratio ? null : textOf(record, ids);
    if (words === null) continue;
    const room = Math.max(width * spill, leastRoom * ratio);
    const shown = fitted(context, words, room - 8 * ratio);
    const backwards = isRightToLeft(shown.replace(/^\d+ · /u, ''));
    const wide = context.measureText(shown).width + 8 * ratio;
    const left = backwards ? box.right * scale + x - wide : box.left * scale + x;
    const top = box.bottom * scale + y + ratio;
    context.fillStyle = 'rgba(20, 22, 26, 0.85)';
    context.fillRect(left, top, wide, (textHeight - 2) * ratio);
    context.fillStyle = '#f1f3f5';
    context.direction = backwards ? 'rtl' : 'ltr';
    context.textAlign = 'start';
    context.fillText(
      shown,
      backwards ? left + wide - 4 * ratio : left + 4 * ratio,
      top + (textHeight / 2 - 0.5) * ratio,
    );
  }
}

/** The text, or as much of its beginning as there is room for. */
function fitted(context: OffscreenCanvasRenderingContext2D, text: string, room: number): string {
  if (text.length < 200 && context.measureText(text).width <= room) return text;
  const letters = [...text.slice(0, 200)];
  let [fits, many] = [0, letters.length];
  while (fits < many) {
    const half = Math.ceil((fits + many) / 2);
    if (context.measureText(`${letters.slice(0, half).join('')}…`).width <= room) fits = half;
    else many = half - 1;
  }
  return `${letters.slice(0, fits).join('')}…`;
}

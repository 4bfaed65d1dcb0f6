import type { PathContext } from './trace.ts';

type DevicePoint = { readonly x: number; readonly y: number };

/** A few words beside a point, on the canvas. */
export function drawCaption(context: PathContext, text: string, at: DevicePoint, pixelRatio: number): void {
  setFont(context, pixelRatio);
  const [width, height] = [context.measureText(text).width + 12 * pixelRatio, 20 * pixelRatio];
  const x = Math.min(at.x + 10 * pixelRatio, context.canvas.width - width);
  const y = Math.min(at.y + 10 * pixelRatio, context.canvas.height - height);
  drawPlate(context, x, y, width, height, pixelRatio);
  context.fillText(text, x + 6 * pixelRatio, y + height / 2 + 0.5 * pixelRatio);
}

/** A tag with a colour outside of an object: above its upper left corner, or below where there is no room. */
export function drawTag(
  context: PathContext,
  text: string,
  color: string,
  corner: DevicePoint,
  below: number,
  pixelRatio: number,
): void {
  setFont(context, pixelRatio);
  const [width, height] = [context.measureText(text).width + 20 * pixelRatio, 20 * pixelRatio];
  const gap = 8 * pixelRatio;
  const x = Math.min(Math.max(0, corner.x), Math.max(0, context.canvas.width - width));
  const above = corner.y - height - gap;
  const y = above >= 0 ? above : Math.min(below + gap, context.canvas.height - height);
  drawPlate(context, x, y, width, height, pixelRatio);
  context.fillText(text, x + 14 * pixelRatio, y + height / 2 + 0.5 * pixelRatio);
  context.fillStyle = color;
  context.fillRect(x + 6 * pixelRatio, y + 6 * pixelRatio, 4 * pixelRatio, height - 12 * pixelRatio);
}

function setFont(context: PathContext, pixelRatio: number): void {
  context.font = `500 ${12 * pixelRatio}px "Inter Variable", Inter, system-ui, sans-serif`;
}

/** The ground of the words, and their colour for what follows. */
function drawPlate(context: PathContext, x: number, y: number, width: number, height: number, ratio: number): void {
  context.beginPath();
  context.roundRect(x, y, width, height, 4 * ratio);
  context.fillStyle = 'rgba(20, 22, 26, 0.92)';
  context.fill();
  context.fillStyle = '#f1f3f5';
  context.textBaseline = 'middle';
}

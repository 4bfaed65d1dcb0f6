import type { PathContext } from './trace.ts';

/** The brush at its true size, in device pixels, with arms where it would be hard to see. */
export function drawBrush(context: PathContext, x: number, y: number, radius: number, pixelRatio: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  if (radius < 6 * pixelRatio) {
    const [from, to] = [radius + 2 * pixelRatio, radius + 8 * pixelRatio];
    for (const [dx, dy] of arms) {
      context.moveTo(x + dx * from, y + dy * from);
      context.lineTo(x + dx * to, y + dy * to);
    }
  }
  for (const [color, width] of [
    ['rgba(0, 0, 0, 0.6)', 3],
    ['#ffffff', 1.25],
  ] as const) {
    context.strokeStyle = color;
    context.lineWidth = width * pixelRatio;
    context.stroke();
  }
}

const arms = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const;

import type { Camera } from '../camera/camera.ts';
import type { ImagePoint } from '../geometry/spaces.ts';

/** Something is wrong with an object: a sign at its upper right corner. */
export type Badge = { readonly at: ImagePoint; readonly severity: Severity };
/** How bad a finding is. */
export type Severity = 'warning' | 'error';

const fills: Readonly<Record<Severity, string>> = { warning: '#ffb020', error: '#ff5d5d' };
const size = 14;
/** How far beyond the corner, in CSS pixels: the handle there stays free. */
const away = 10;

/** Draws a triangle for a warning and a disc for an error, each with an exclamation mark: not by colour alone. */
export function paintBadges(
  context: CanvasRenderingContext2D,
  camera: Camera,
  pixelRatio: number,
  badges: readonly Badge[],
): void {
  const side = size * pixelRatio;
  context.font = `700 ${10 * pixelRatio}px system-ui, sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const { at, severity } of badges) {
    const p = camera.toScreen(at);
    const [x, y] = [(p.x + away) * pixelRatio, (p.y - away) * pixelRatio];
    context.beginPath();
    if (severity === 'error') context.arc(x, y, side / 2, 0, 2 * Math.PI);
    else {
      context.moveTo(x, y - side / 2);
      context.lineTo(x + side / 2, y + side / 2);
      context.lineTo(x - side / 2, y + side / 2);
      context.closePath();
    }
    context.fillStyle = fills[severity];
    context.fill();
    context.lineWidth = pixelRatio;
    context.strokeStyle = '#1b1d21';
    context.stroke();
    context.fillStyle = '#1b1d21';
    context.fillText('!', x, y + (severity === 'error' ? 0.5 : 2) * pixelRatio);
  }
  context.textAlign = 'start';
}

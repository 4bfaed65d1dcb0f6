import type { Shape, Size } from '@plumbline/editor';
import { pathData } from '../editor/shape-outline.ts';

/** Size of every practice picture in pixels. */
export const pictureSize: Size = { width: 600, height: 400 };

/** Something in a practice picture: an outline in image pixels and its colour. */
export interface Figure {
  readonly shape: Shape;
  readonly color: string;
}

/** The picture of some figures, first ones below, before a plain ground with a faint grid to judge edges by. */
export async function drawPicture(figures: readonly Figure[]): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = pictureSize.width;
  canvas.height = pictureSize.height;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser gives no 2D canvas.');
  context.fillStyle = '#e9ecef';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = '#dee2e6';
  for (let x = 0; x < canvas.width; x += 50) context.fillRect(x, 0, 1, canvas.height);
  for (let y = 0; y < canvas.height; y += 50) context.fillRect(0, y, canvas.width, 1);
  for (const { shape, color } of figures) {
    context.fillStyle = color;
    context.fill(pathOf(shape), 'evenodd');
  }
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error('The picture could not be made.')) : resolve(blob)));
  });
}

/** The outline that panels draw has corners where an ellipse has none. */
function pathOf(shape: Shape): Path2D {
  if (shape.kind !== 'ellipse') return new Path2D(pathData(shape));
  const path = new Path2D();
  path.ellipse(shape.cx, shape.cy, shape.rx, shape.ry, shape.angle, 0, 2 * Math.PI);
  return path;
}

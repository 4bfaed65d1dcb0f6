import type { Camera } from '../camera/camera.ts';
import type { Picture } from './engine.ts';
import type { LayerKeeper } from './layer-keeper.ts';

const background = '#1b1d21';
/** From this many device pixels per image pixel on, pixels are shown as squares. */
const squarePixels = 2;

export type Tone = { readonly brightness: number; readonly contrast: number };

/** Draws the picture and the worker's layer over it: two `drawImage` calls, whatever the number of objects. */
export function compose(
  context: CanvasRenderingContext2D,
  camera: Camera,
  pixelRatio: number,
  picture: Picture | null,
  layer: LayerKeeper,
  tone: Tone,
): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = background;
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  const isNeutral = tone.brightness === 1 && tone.contrast === 1;
  if (!isNeutral) context.filter = `brightness(${tone.brightness}) contrast(${tone.contrast})`;
  if (picture !== null) paintPicture(context, camera, pixelRatio, picture);
  if (!isNeutral) context.filter = 'none';
  layer.paint(context, camera, pixelRatio);
}

/** Only the part that is seen, from the smallest level that has a pixel for each on the screen. */
function paintPicture(context: CanvasRenderingContext2D, camera: Camera, pixelRatio: number, picture: Picture): void {
  const scale = camera.scale * pixelRatio;
  const { image } = camera;
  const wanted = image.width * scale;
  const level = picture.levels.findLast((l) => l.width >= wanted) ?? picture.levels[0];
  if (level === undefined) return;
  const seen = camera.visible;
  const left = Math.max(0, Math.floor(seen.left));
  const top = Math.max(0, Math.floor(seen.top));
  const right = Math.min(image.width, Math.ceil(seen.right));
  const bottom = Math.min(image.height, Math.ceil(seen.bottom));
  if (right <= left || bottom <= top) return;
  const [fx, fy] = [level.width / image.width, level.height / image.height];
  const at = camera.toScreen({ x: left, y: top });
  context.imageSmoothingEnabled = scale < squarePixels;
  context.imageSmoothingQuality = 'low';
  context.drawImage(
    level,
    left * fx,
    top * fy,
    (right - left) * fx,
    (bottom - top) * fy,
    at.x * pixelRatio,
    at.y * pixelRatio,
    (right - left) * scale,
    (bottom - top) * scale,
  );
}

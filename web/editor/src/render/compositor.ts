import type { Camera } from '../camera/camera.ts';
import type { Picture } from './engine.ts';
import type { LayerKeeper } from './layer-keeper.ts';
import type { TileLayer } from './tile-layer.ts';

const background = '#1b1d21';
/** From this many device pixels per image pixel on, pixels are shown as squares. */
const squarePixels = 2;

/** From this many device pixels per image pixel on, there is room for lines between pixels. */
const gridPixels = 8;

export type Composition = {
  readonly picture: Picture | null;
  /** What to draw for one of its levels. */
  shown(picture: Picture, level: ImageBitmap): ImageBitmap;
  /** Over the picture, where it is only the overview of a large one. */
  readonly tiles: TileLayer;
  readonly layer: LayerKeeper;
  readonly pixelGrid: boolean;
};

/** Draws the picture and the worker's layer over it: two `drawImage` calls, and one a tile, whatever the number of objects. */
export function compose(
  context: CanvasRenderingContext2D,
  camera: Camera,
  pixelRatio: number,
  { picture, shown, tiles, layer, pixelGrid }: Composition,
): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = background;
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  const level = picture === null ? undefined : levelFor(picture, camera, pixelRatio);
  if (picture !== null && level !== undefined) paintPicture(context, camera, pixelRatio, shown(picture, level));
  tiles.paint(context, camera, pixelRatio, camera.scale * pixelRatio < squarePixels);
  if (pixelGrid && camera.scale * pixelRatio >= gridPixels) paintGrid(context, camera, pixelRatio);
  layer.paint(context, camera, pixelRatio);
}

/** The smallest level that has a pixel for each on the screen. */
function levelFor(picture: Picture, camera: Camera, pixelRatio: number): ImageBitmap | undefined {
  const wanted = camera.image.width * camera.scale * pixelRatio;
  return picture.levels.findLast((l) => l.width >= wanted) ?? picture.levels[0];
}

/** Only the part that is seen. */
function paintPicture(context: CanvasRenderingContext2D, camera: Camera, pixelRatio: number, level: ImageBitmap): void {
  const scale = camera.scale * pixelRatio;
  const { image } = camera;
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

/** Lines between the pixels that are seen. */
function paintGrid(context: CanvasRenderingContext2D, camera: Camera, pixelRatio: number): void {
  const { visible, image } = camera;
  const [left, right] = [Math.max(0, Math.floor(visible.left)), Math.min(image.width, Math.ceil(visible.right))];
  const [top, bottom] = [Math.max(0, Math.floor(visible.top)), Math.min(image.height, Math.ceil(visible.bottom))];
  const at = (x: number, y: number) => {
    const p = camera.toScreen({ x, y });
    return { x: Math.round(p.x * pixelRatio) + 0.5, y: Math.round(p.y * pixelRatio) + 0.5 };
  };
  const [first, last] = [at(left, top), at(right, bottom)];
  context.beginPath();
  for (let x = left; x <= right; x++) {
    const { x: line } = at(x, top);
    context.moveTo(line, first.y);
    context.lineTo(line, last.y);
  }
  for (let y = top; y <= bottom; y++) {
    const { y: line } = at(left, y);
    context.moveTo(first.x, line);
    context.lineTo(last.x, line);
  }
  context.lineWidth = 1;
  context.strokeStyle = 'rgba(128, 128, 128, 0.35)';
  context.stroke();
}

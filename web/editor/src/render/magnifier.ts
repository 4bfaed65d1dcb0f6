import { Camera } from '../camera/camera.ts';
import type { ImagePoint } from '../geometry/spaces.ts';
import type { Picture } from './engine.ts';
import type { TileLayer } from './tile-layer.ts';

/** CSS pixels. */
const radius = 56;
const distance = 24;
/** How many times larger than the screen shows it. */
const enlargement = 4;
/** From this scale on pixels are large enough as they are. */
const needless = 8;

/** The pixels around a point, enlarged, beside it, so that the hand does not cover what it aims at. */
export class Magnifier {
  readonly #context: CanvasRenderingContext2D;
  readonly #camera: Camera;
  readonly #pixelRatio: number;

  constructor(context: CanvasRenderingContext2D, camera: Camera, pixelRatio: number) {
    this.#context = context;
    this.#camera = camera;
    this.#pixelRatio = pixelRatio;
  }

  paint({ levels }: Picture, tiles: TileLayer, p: ImagePoint): void {
    const [full] = levels;
    const { scale, image, viewport } = this.#camera;
    if (full === undefined || scale >= needless) return;
    const context = this.#context;
    const at = this.#camera.toScreen(p);
    const offset = radius + distance;
    const cx = at.x + offset + radius > viewport.width ? at.x - offset : at.x + offset;
    const cy = at.y - offset - radius < 0 ? at.y + offset : at.y - offset;
    const reach = radius / (scale * enlargement);
    const [fx, fy] = [full.width / image.width, full.height / image.height];
    context.save();
    context.setTransform(this.#pixelRatio, 0, 0, this.#pixelRatio, 0, 0);
    context.beginPath();
    context.arc(cx, cy, radius, 0, 2 * Math.PI);
    context.fillStyle = '#1b1d21';
    context.fill();
    context.save();
    context.clip();
    context.imageSmoothingEnabled = scale * enlargement < 2;
    const source = [(p.x - reach) * fx, (p.y - reach) * fy, 2 * reach * fx, 2 * reach * fy] as const;
    context.drawImage(full, ...source, cx - radius, cy - radius, 2 * radius, 2 * radius);
    this.#tiles(tiles, p, cx - radius, cy - radius);
    context.beginPath();
    context.moveTo(cx - radius, cy);
    context.lineTo(cx + radius, cy);
    context.moveTo(cx, cy - radius);
    context.lineTo(cx, cy + radius);
    context.lineWidth = 1;
    context.strokeStyle = 'rgba(255, 255, 255, 0.8)';
    context.stroke();
    context.restore();
    context.lineWidth = 1.5;
    context.strokeStyle = '#ffffff';
    context.stroke();
    context.beginPath();
    context.arc(cx, cy, radius, 0, 2 * Math.PI);
    context.stroke();
    context.restore();
  }

  /** Those that the page shows, enlarged. */
  #tiles(tiles: TileLayer, p: ImagePoint, left: number, top: number): void {
    const context = this.#context;
    const { image, scale } = this.#camera;
    const ratio = this.#pixelRatio;
    const near = new Camera(image, { width: 2 * radius, height: 2 * radius }, p, scale * enlargement);
    context.save();
    context.setTransform(1, 0, 0, 1, left * ratio, top * ratio);
    tiles.paint(context, near, ratio, context.imageSmoothingEnabled);
    context.restore();
  }
}

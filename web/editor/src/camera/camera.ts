import { clamp } from '../geometry/moving.ts';
import type { ImageBox, ImagePoint, ScreenPoint, Size } from '../geometry/spaces.ts';

const maximumScale = 128;

/**
 * What part of the image is seen. Immutable; the only place where image and screen points are converted.
 * `scale` = CSS pixels per image pixel.
 */
export class Camera {
  readonly center: ImagePoint;
  readonly scale: number;
  readonly viewport: Size;
  readonly image: Size;

  constructor(image: Size, viewport: Size, center: ImagePoint, scale: number) {
    this.image = image;
    this.viewport = viewport;
    this.center = { x: clamp(center.x, 0, image.width), y: clamp(center.y, 0, image.height) };
    this.scale = clamp(scale, Math.min(1, Camera.fitScale(image, viewport)) / 4, maximumScale);
  }

  /** The whole image with a margin. */
  static fit(image: Size, viewport: Size): Camera {
    const center = { x: image.width / 2, y: image.height / 2 };
    return new Camera(image, viewport, center, Camera.fitScale(image, viewport));
  }

  private static fitScale(image: Size, viewport: Size): number {
    const margin = 16;
    const width = Math.max(1, viewport.width - 2 * margin) / image.width;
    const height = Math.max(1, viewport.height - 2 * margin) / image.height;
    return Math.min(width, height);
  }

  toScreen(p: ImagePoint): ScreenPoint {
    return {
      x: (p.x - this.center.x) * this.scale + this.viewport.width / 2,
      y: (p.y - this.center.y) * this.scale + this.viewport.height / 2,
    };
  }

  toImage(p: ScreenPoint): ImagePoint {
    return {
      x: (p.x - this.viewport.width / 2) / this.scale + this.center.x,
      y: (p.y - this.viewport.height / 2) / this.scale + this.center.y,
    };
  }

  /** The image pixels that the viewport shows; reaches beyond the image where the viewport does. */
  get visible(): ImageBox {
    const topLeft = this.toImage({ x: 0, y: 0 });
    const bottomRight = this.toImage({ x: this.viewport.width, y: this.viewport.height });
    return { left: topLeft.x, top: topLeft.y, right: bottomRight.x, bottom: bottomRight.y };
  }

  centered(place: ImagePoint): Camera {
    return this.at(place, this.scale);
  }

  /** Moves the picture by CSS pixels. */
  panned(dx: number, dy: number): Camera {
    return this.at({ x: this.center.x - dx / this.scale, y: this.center.y - dy / this.scale }, this.scale);
  }

  /** Zooms so that what is under `fixed` stays there. */
  zoomed(fixed: ScreenPoint, factor: number): Camera {
    const before = this.toImage(fixed);
    const scaled = this.at(this.center, this.scale * factor);
    const after = scaled.toImage(fixed);
    return scaled.at(
      { x: scaled.center.x + before.x - after.x, y: scaled.center.y + before.y - after.y },
      scaled.scale,
    );
  }

  /** Brings a box into the middle, filling half of the viewport. */
  framing(box: ImageBox): Camera {
    const width = Math.max(1, box.right - box.left);
    const height = Math.max(1, box.bottom - box.top);
    const scale = Math.min(this.viewport.width / width, this.viewport.height / height) / 2;
    return this.at({ x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 }, Math.min(scale, 16));
  }

  /** The same middle in a viewport of another size; what was shown as a whole is still shown as a whole. */
  resized(viewport: Size): Camera {
    const fit = Camera.fit(this.image, this.viewport);
    const isFit = this.scale === fit.scale && this.center.x === fit.center.x && this.center.y === fit.center.y;
    if (isFit) return Camera.fit(this.image, viewport);
    return new Camera(this.image, viewport, this.center, this.scale);
  }

  private at(center: ImagePoint, scale: number): Camera {
    return new Camera(this.image, this.viewport, center, scale);
  }
}

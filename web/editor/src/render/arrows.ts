import type { Camera } from '../camera/camera.ts';
import { boundsOf } from '../geometry/outline.ts';
import type { ImageBox, ImagePoint } from '../geometry/spaces.ts';
import type { Shape } from '../model/annotation.ts';

/** A relation as it is drawn: from one shape to another. */
export type Arrow = { readonly from: Shape; readonly to: Shape; readonly name: string; readonly bright: boolean };

const color = '#ffd43b';
const casing = 'rgba(20, 22, 26, 0.7)';
const headLength = 10;

/** Draws relations over the picture. Few enough to follow the hand: the page draws them, not the worker. */
export class ArrowPainter {
  readonly #context: CanvasRenderingContext2D;
  readonly #camera: Camera;
  readonly #ratio: number;

  constructor(context: CanvasRenderingContext2D, camera: Camera, pixelRatio: number) {
    this.#context = context;
    this.#camera = camera;
    this.#ratio = pixelRatio;
  }

  paint(arrows: readonly Arrow[]): void {
    for (const { from, to, name, bright } of arrows) {
      const [a, b] = [boundsOf(from), boundsOf(to)];
      if (a === null || b === null || !this.#isSeen(a, b)) continue;
      const [p, q] = [middle(a), middle(b)];
      this.#context.globalAlpha = bright ? 1 : 0.7;
      this.line(border(a, p, q), border(b, q, p), name);
      this.#context.globalAlpha = 1;
    }
  }

  /** An arrow between two places, its name in the middle where there is room. */
  line(from: ImagePoint, to: ImagePoint, name: string): void {
    const context = this.#context;
    const [a, b] = [this.#device(from), this.#device(to)];
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    if (length < 2) return;
    const [ux, uy] = [(b.x - a.x) / length, (b.y - a.y) / length];
    const head = Math.min(headLength * this.#ratio, length / 2);
    const wing = (side: 1 | -1) => ({
      x: b.x - head * ux - (side * head * uy) / 2,
      y: b.y - head * uy + (side * head * ux) / 2,
    });
    for (const [style, width] of [
      [casing, 4],
      [color, 1.75],
    ] as const) {
      context.beginPath();
      context.moveTo(a.x, a.y);
      context.lineTo(b.x, b.y);
      for (const side of [1, -1] as const) {
        const w = wing(side);
        context.moveTo(b.x, b.y);
        context.lineTo(w.x, w.y);
      }
      context.lineWidth = width * this.#ratio;
      context.strokeStyle = style;
      context.stroke();
    }
    this.#name(name, { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, length);
  }

  #name(name: string, at: { x: number; y: number }, length: number): void {
    const context = this.#context;
    context.font = `500 ${11 * this.#ratio}px "Inter Variable", Inter, system-ui, sans-serif`;
    const width = context.measureText(name).width + 8 * this.#ratio;
    if (name === '' || width + 24 * this.#ratio > length) return;
    const height = 16 * this.#ratio;
    context.beginPath();
    context.roundRect(at.x - width / 2, at.y - height / 2, width, height, 3 * this.#ratio);
    context.fillStyle = 'rgba(20, 22, 26, 0.92)';
    context.fill();
    context.fillStyle = color;
    context.textBaseline = 'middle';
    context.fillText(name, at.x - width / 2 + 4 * this.#ratio, at.y + 0.5 * this.#ratio);
  }

  #isSeen(a: ImageBox, b: ImageBox): boolean {
    const { left, top, right, bottom } = this.#camera.visible;
    return (
      Math.min(a.left, b.left) < right &&
      Math.max(a.right, b.right) > left &&
      Math.min(a.top, b.top) < bottom &&
      Math.max(a.bottom, b.bottom) > top
    );
  }

  #device(p: ImagePoint): { x: number; y: number } {
    const { x, y } = this.#camera.toScreen(p);
    return { x: x * this.#ratio, y: y * this.#ratio };
  }
}

function middle({ left, top, right, bottom }: ImageBox): ImagePoint {
  return { x: (left + right) / 2, y: (top + bottom) / 2 };
}

/** Where the way from the middle of a box to another place leaves the box; its middle where that place lies inside. */
function border(box: ImageBox, from: ImagePoint, to: ImagePoint): ImagePoint {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const share = Math.min(
    dx === 0 ? Number.POSITIVE_INFINITY : (box.right - box.left) / 2 / Math.abs(dx),
    dy === 0 ? Number.POSITIVE_INFINITY : (box.bottom - box.top) / 2 / Math.abs(dy),
  );
  return share < 1 ? { x: from.x + share * dx, y: from.y + share * dy } : from;
}

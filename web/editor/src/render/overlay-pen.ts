import type { ImagePoint } from '../geometry/spaces.ts';
import type { CuboidShape } from '../model/annotation.ts';
import { drawCaption } from './overlay-words.ts';
import { type Placement, strokeCuboid } from './trace.ts';

export const discRadius = 3.5;

/** Draws single marks on the overlay; places are image points, sizes CSS pixels. */
export class OverlayPen {
  readonly #context: CanvasRenderingContext2D;
  readonly #placement: Placement;
  readonly #pixelRatio: number;

  constructor(context: CanvasRenderingContext2D, placement: Placement, pixelRatio: number) {
    this.#context = context;
    this.#placement = placement;
    this.#pixelRatio = pixelRatio;
  }

  cuboid(shape: CuboidShape, color: string, width: number): void {
    this.#context.lineWidth = width * this.#pixelRatio;
    this.#context.strokeStyle = color;
    strokeCuboid(this.#context, shape, this.#placement, 3 * this.#pixelRatio);
  }

  square(p: ImagePoint, color: string): void {
    const { x, y } = this.devicePoint(p);
    const side = 7 * this.#pixelRatio;
    this.#context.beginPath();
    this.#context.rect(x - side / 2, y - side / 2, side, side);
    this.#context.fillStyle = color;
    this.#context.fill();
    this.stroke('#ffffff', 1.5);
  }

  /** Marks where the pointer was drawn to. */
  ring(p: ImagePoint): void {
    const { x, y } = this.devicePoint(p);
    this.#context.beginPath();
    this.#context.arc(x, y, 7 * this.#pixelRatio, 0, 2 * Math.PI);
    this.stroke('#1b1d21', 3.5);
    this.stroke('#ffd43b', 1.5);
  }

  crosshair(p: ImagePoint): void {
    const { x, y } = this.devicePoint(p);
    const { width, height } = this.#context.canvas;
    this.#context.beginPath();
    this.#context.moveTo(0, y);
    this.#context.lineTo(width, y);
    this.#context.moveTo(x, 0);
    this.#context.lineTo(x, height);
    this.stroke('rgba(0, 0, 0, 0.45)', 2);
    this.stroke('rgba(255, 255, 255, 0.75)', 1);
  }

  /** A few words beside a point. */
  caption(text: string, p: ImagePoint): void {
    drawCaption(this.#context, text, this.devicePoint(p), this.#pixelRatio);
  }

  disc(p: ImagePoint, color: string, radius: number): void {
    const { x, y } = this.devicePoint(p);
    const context = this.#context;
    context.beginPath();
    context.arc(x, y, radius * this.#pixelRatio, 0, 2 * Math.PI);
    context.fillStyle = color;
    context.fill();
    this.stroke(color === '#ffffff' ? '#1b1d21' : '#ffffff', 1.5);
  }

  stroke(color: string, width: number): void {
    this.#context.lineWidth = width * this.#pixelRatio;
    this.#context.strokeStyle = color;
    this.#context.stroke();
  }

  devicePoint(p: { readonly x: number; readonly y: number }): { x: number; y: number } {
    const { scale, x, y } = this.#placement;
    return { x: p.x * scale + x, y: p.y * scale + y };
  }
}

import { largestTolerance } from '../assist/flood.ts';
import type { FloodSeed, Outlined, OutlineWish } from '../assist/protocol.ts';
import type { Camera } from '../camera/camera.ts';
import { clamp } from '../geometry/moving.ts';
import { union } from '../geometry/outline.ts';
import type { ImageBox } from '../geometry/spaces.ts';
import { RegionTool } from './region-tool.ts';
import { defineTool, nothingShown, type ToolContext, type ToolPointer, travelled } from './tool.ts';

/** Tolerance per CSS pixel of dragging, and per notch of the wheel. */
const perPixel = 0.2;
const perNotch = 2;

export const wandTool = defineTool({
  id: 'wand',
  title: 'Magic wand',
  key: 'W',
  draws: 'polygon',
  drawsElse: 'mask',
  edits: true,
  hint: 'Click a colour, drag sideways or Alt+wheel for the tolerance; Shift adds, Ctrl takes away, Enter makes the object',
  options: [
    { setting: 'tolerance', title: 'Tolerance', minimum: 1, maximum: 80, step: 1 },
    { setting: 'detail', title: 'Simplify', minimum: 0.3, maximum: 5, step: 0.1 },
  ],
  create: (context) => new WandTool(context),
});

/** Takes what has the colour under the pointer and is connected with it. */
class WandTool extends RegionTool {
  #seeds: readonly FloodSeed[] = [];
  /** What the floods may cover: what was seen when the hand clicked. */
  #box: ImageBox | null = null;
  #pressed: { readonly pointer: ToolPointer; readonly tolerance: number } | null = null;
  #readAhead: Camera | null = null;

  constructor(context: ToolContext) {
    super(context, 'wand', 'Magic wand');
  }

  down(pointer: ToolPointer): void {
    const continues = this.busy && (pointer.shift || pointer.ctrl);
    if (!continues) {
      this.cancel();
      if (!this.begin()) return;
    }
    const { tolerance } = this.context.assistSettings;
    const { visible } = this.context.camera;
    this.#box = union([this.#box, visible]);
    const seed = { at: this.context.place({ ...pointer, alt: true }), tolerance, adds: !(continues && pointer.ctrl) };
    this.#seeds = [...this.#seeds, seed];
    this.#pressed = { pointer, tolerance };
    this.refresh();
  }

  move(pointer: ToolPointer): void {
    this.context.setCursor('crosshair');
    if (this.#pressed !== null && travelled(this.#pressed.pointer.screen, pointer.screen)) {
      this.#setTolerance(this.#pressed.tolerance + perPixel * (pointer.screen.x - this.#pressed.pointer.screen.x));
    } else if (!this.busy) {
      this.#lookAhead();
      this.context.show(nothingShown);
    }
  }

  up(): void {
    this.#pressed = null;
  }

  wheel(notches: number): boolean {
    if (!this.busy) return false;
    this.#setTolerance(this.context.assistSettings.tolerance + perNotch * notches);
    return true;
  }

  settingsChanged(): void {
    const { tolerance } = this.context.assistSettings;
    this.#seeds = this.#seeds.map((seed, i) => (i === this.#seeds.length - 1 ? { ...seed, tolerance } : seed));
    this.refresh();
  }

  stepBack(): boolean {
    if (!this.busy) return false;
    this.#seeds = this.#seeds.slice(0, -1);
    if (this.#seeds.length === 0) this.cancel();
    else this.refresh();
    return true;
  }

  protected ask(wish: OutlineWish, lane: string): Promise<Outlined | null> {
    const box = this.#box ?? this.context.camera.visible;
    return this.context.assist.ask('flood', { box, seeds: this.#seeds, ...wish }, lane);
  }

  protected forget(): void {
    this.#seeds = [];
    this.#box = null;
    this.#pressed = null;
  }

  protected override decoration() {
    const last = this.#seeds.at(-1);
    const text = `± ${Math.round(last?.tolerance ?? 0)}`;
    return last === undefined || this.#pressed === null ? {} : { caption: { at: last.at, text } };
  }

  #setTolerance(value: number): void {
    const tolerance = clamp(Math.round(value * 2) / 2, 1, largestTolerance);
    this.context.assistSettings = { ...this.context.assistSettings, tolerance };
  }

  /** What is seen is read before the click. */
  #lookAhead(): void {
    const { camera } = this.context;
    if (this.#readAhead === camera) return;
    this.#readAhead = camera;
    this.context.assist.ask('look', { box: camera.visible }, 'ahead');
  }
}

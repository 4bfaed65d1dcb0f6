import { type Dab, TileBitmap } from '../masks/tile-bitmap.ts';
import { type PaintTarget, paintRegion, paintTarget } from './painting.ts';
import { nothingShown, type Tool, type ToolContext, type ToolPointer, type TrailPoint } from './tool.ts';

type Stroke = {
  readonly target: PaintTarget;
  readonly erases: boolean;
  readonly painted: TileBitmap;
  last: Dab;
};

/**
 * Paints pixels of a mask with a round brush, or takes them off. With Ctrl it does the other; with Shift the stroke
 * begins where the last one ended, so that clicks draw straight lines. Nothing is changed before the button is released.
 */
export class PaintTool implements Tool {
  readonly #context: ToolContext;
  readonly #erases: boolean;
  #stroke: Stroke | null = null;
  /** Where the brush was last shown; null while it is not. */
  #seen: TrailPoint | null = null;
  /** Where the last stroke ended. */
  #ended: Dab | null = null;

  constructor(context: ToolContext, erases: boolean) {
    this.#context = context;
    this.#erases = erases;
  }

  get busy(): boolean {
    return this.#stroke !== null;
  }

  down(pointer: ToolPointer): void {
    const erases = this.#erases !== pointer.ctrl;
    const target = paintTarget(this.#context, pointer, erases);
    if (target === null) return;
    const dab = this.#dab(pointer);
    const painted = new TileBitmap(this.#context.image);
    painted.paint(pointer.shift && this.#ended !== null ? this.#ended : dab, dab);
    this.#stroke = { target, erases, painted, last: dab };
    this.#show(pointer);
  }

  move(pointer: ToolPointer): void {
    this.#context.setCursor('none');
    this.#follow(pointer);
    this.#show(pointer);
  }

  up(pointer: ToolPointer): void {
    if (this.#stroke === null) return;
    this.#follow(pointer);
    const { target, erases, painted, last } = this.#stroke;
    // The tool is idle again before the store tells what has changed.
    this.#stroke = null;
    this.#ended = last;
    paintRegion(this.#context, target, painted.toMask(), erases, erases ? 'Erase' : 'Paint');
    this.#show(pointer);
  }

  cancel(): void {
    if (this.#stroke === null) this.#ended = null;
    this.#stroke = null;
    this.#seen = null;
    this.#context.show(null);
  }

  finish(): void {}

  stepBack(): boolean {
    if (this.#stroke === null) return false;
    this.cancel();
    return true;
  }

  wheel(notches: number): boolean {
    this.#context.setBrushSize(resized(this.#context.drawing.brushSize, notches));
    return true;
  }

  settingsChanged(): void {
    if (this.#seen !== null) this.#show(this.#seen);
  }

  #follow({ trail }: ToolPointer): void {
    const stroke = this.#stroke;
    if (stroke === null) return;
    for (const point of trail) {
      const dab = this.#dab(point);
      stroke.painted.paint(stroke.last, dab);
      stroke.last = dab;
    }
  }

  #dab({ image, pressure }: TrailPoint): Dab {
    const { brushSize, penPressure } = this.#context.drawing;
    const share = penPressure && pressure !== null ? pressure : 1;
    return { at: image, radius: Math.max(0.5, (brushSize / 2) * share) };
  }

  #show(pointer: TrailPoint): void {
    this.#seen = pointer;
    const { stroke, brush } = { stroke: this.#stroke, brush: this.#dab(pointer) };
    this.#context.show({
      ...nothingShown,
      brush,
      stroke: stroke && {
        id: stroke.target.record?.id ?? null,
        classId: stroke.target.classId,
        base: stroke.target.record?.shape ?? null,
        painted: stroke.painted,
        erases: stroke.erases,
      },
    });
  }
}

/** The next size of a brush, in whole pixels from 1 to 2,000: about a seventh more or less a notch. */
export function resized(size: number, notches: number): number {
  const next = size * 1.15 ** notches;
  const least = notches > 0 ? Math.max(size + 1, next) : Math.min(size - 1, next);
  return Math.min(2000, Math.max(1, Math.round(least)));
}

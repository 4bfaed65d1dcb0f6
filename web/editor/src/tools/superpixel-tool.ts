import type { AssistAnswers, Outlined, OutlineWish } from '../assist/protocol.ts';
import { type PictureWindow, pixelAt } from '../assist/raster.ts';
import type { Camera } from '../camera/camera.ts';
import { clamp } from '../geometry/moving.ts';
import type { ImagePoint } from '../geometry/spaces.ts';
import { contoursOf } from '../masks/contours.ts';
import { maskOfBitmap } from '../masks/runs.ts';
import { RegionTool } from './region-tool.ts';
import { defineTool, nothingShown, type PreviewLine, type ToolContext, type ToolPointer } from './tool.ts';

type CellMap = AssistAnswers['cells'];
/** A stroke over cells; the places that have been touched before the cells were there are in it too. */
type Stroke = { readonly places: ImagePoint[]; readonly adds: boolean };

const perNotch = 4;

export const superpixelTool = defineTool({
  id: 'superpixels',
  title: 'Superpixels',
  key: 'Shift+S',
  draws: 'polygon',
  drawsElse: 'mask',
  edits: true,
  hint: 'Click or drag over cells of like colour; Ctrl takes them away, Alt+wheel sizes them, Enter makes the object',
  options: [
    { setting: 'cellSize', title: 'Cell size', minimum: 8, maximum: 96, step: 4 },
    { setting: 'detail', title: 'Simplify', minimum: 0.3, maximum: 5, step: 0.1 },
  ],
  create: (context) => new SuperpixelTool(context),
});

/** Paints with cells that follow the picture's edges. While a region is in hand, the cells stay as they are. */
class SuperpixelTool extends RegionTool {
  #cells: CellMap | null = null;
  #made: { readonly camera: Camera; readonly side: number } | null = null;
  #strokes: readonly Stroke[] = [];
  #isPressed = false;
  #hovered: readonly PreviewLine[] = [];
  #hoveredCell = -1;

  constructor(context: ToolContext) {
    super(context, 'superpixels', 'Superpixels');
  }

  override takeInHand(): void {
    this.#makeCells();
  }

  down(pointer: ToolPointer): void {
    this.#makeCells();
    if (!this.busy && !this.begin()) return;
    this.#isPressed = true;
    this.#strokes = [...this.#strokes, { places: [pointer.image], adds: !pointer.ctrl }];
    this.refresh();
  }

  move(pointer: ToolPointer): void {
    this.context.setCursor('crosshair');
    if (!this.busy) this.#makeCells();
    const before = this.#hoveredCell;
    this.#hover(pointer.image);
    const stroke = this.#strokes.at(-1);
    if (this.#isPressed && stroke !== undefined) {
      stroke.places.push(pointer.image);
      if (this.#hoveredCell !== before) this.refresh();
    }
    if (this.#hoveredCell === before) return;
    if (this.busy) this.present();
    else this.context.show({ ...nothingShown, lines: this.#hovered });
  }

  up(): void {
    this.#isPressed = false;
  }

  wheel(notches: number): boolean {
    if (this.busy) return false;
    const cellSize = clamp(this.context.assistSettings.cellSize + perNotch * notches, 8, 96);
    this.context.assistSettings = { ...this.context.assistSettings, cellSize };
    return true;
  }

  settingsChanged(): void {
    if (this.busy) this.refresh();
    else this.#makeCells();
  }

  stepBack(): boolean {
    if (!this.busy) return false;
    this.#strokes = this.#strokes.slice(0, -1);
    if (this.#strokes.length === 0) this.cancel();
    else this.refresh();
    return true;
  }

  protected ask(wish: OutlineWish, lane: string): Promise<Outlined | null> {
    // Without cells the strokes wait for them.
    if (this.#cells === null) return Promise.resolve(null);
    return this.context.assist.ask('joinCells', { chosen: this.#chosen(this.#cells), ...wish }, lane);
  }

  protected forget(): void {
    this.#strokes = [];
    this.#isPressed = false;
    this.#hovered = [];
    this.#hoveredCell = -1;
  }

  protected override decoration() {
    return { lines: this.#hovered };
  }

  #chosen({ window, labels, count }: CellMap): Uint8Array {
    const chosen = new Uint8Array(count);
    for (const { places, adds } of this.#strokes) {
      for (const place of places) {
        const cell = labels[pixelAt(window, place)];
        if (cell !== undefined) chosen[cell] = adds ? 1 : 0;
      }
    }
    return chosen;
  }

  /** The cells of what is seen, unless a region in hand is made of others. */
  async #makeCells(): Promise<void> {
    const { camera, assist, assistSettings } = this.context;
    const side = assistSettings.cellSize / camera.scale;
    if (this.#made?.camera === camera && this.#made.side === side) return;
    if (this.busy && this.#cells !== null) return;
    this.#made = { camera, side };
    this.#cells = null;
    this.#hoveredCell = -1;
    const cells = await assist.ask('cells', { box: camera.visible, side }, 'cells');
    const isWanted = this.#made?.camera === camera && this.#made.side === side;
    if (!isWanted) return;
    if (cells === null) this.#made = null;
    this.#cells = cells;
    this.refresh();
  }

  #hover(place: ImagePoint): void {
    if (this.#cells === null) return;
    const { window, labels } = this.#cells;
    const cell = labels[pixelAt(window, place)] ?? -1;
    if (cell === this.#hoveredCell) return;
    this.#hoveredCell = cell;
    this.#hovered = outlineOf(this.#cells, cell, pixelAt(window, place));
  }
}

/** The outline of the cell around one of its pixels. */
function outlineOf({ window, labels }: CellMap, cell: number, pixel: number): readonly PreviewLine[] {
  const { width, height } = window;
  const members = [pixel];
  const seen = new Set(members);
  let [left, right, top, bottom] = [width, 0, height, 0];
  for (let at = 0; at < members.length; at++) {
    const i = members[at] as number;
    const [x, y] = [i % width, Math.floor(i / width)];
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
    const around = [x > 0 ? i - 1 : -1, x < width - 1 ? i + 1 : -1, i - width, i + width];
    for (const j of around) {
      if (j < 0 || j >= labels.length || labels[j] !== cell || seen.has(j)) continue;
      seen.add(j);
      members.push(j);
    }
  }
  const box = { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
  const bitmap = new Uint8Array(box.width * box.height);
  for (const i of members) bitmap[(Math.floor(i / width) - top) * box.width + (i % width) - left] = 1;
  const mask = maskOfBitmap(bitmap, box);
  const rings = (mask === null ? null : contoursOf(mask, 4))?.parts.map(({ outer }) => outer) ?? [];
  return rings.map((ring) => ({ points: inImage(ring, window), closed: true, color: 'plain' as const, width: 1 }));
}

function inImage(ring: readonly number[], { x, y, sx, sy }: PictureWindow): readonly number[] {
  return ring.map((value, i) => (i % 2 === 0 ? (value + x) * sx : (value + y) * sy));
}

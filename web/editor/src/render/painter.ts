import { cuboidLines } from '../geometry/cuboids.ts';
import { presentKeypoints } from '../geometry/outline.ts';
import type { CuboidShape, EditorRecord, KeypointsShape } from '../model/annotation.ts';
import { type Coloring, colorOf } from './coloring.ts';
import { MaskPainter, maskAlpha } from './mask-pixels.ts';
import type { LayerView, SceneStyle } from './protocol.ts';
import type { SceneItem } from './scene.ts';
import { paintTexts } from './texts.ts';
import { hasOutline, type Placement, strokeCuboid, trace, tracePath } from './trace.ts';

/** Smaller shapes are one patch of colour: fill and stroke would be the same pixels. */
const solidSize = 10;
/**
 * Shapes smaller than this many device pixels have an outline one device pixel wide: a wider one would cover them, and
 * takes the rasteriser four times as long (5,000 polygons: 95 ms against 25 ms), for it has a short cut for hairlines.
 */
const hairlineSize = 24;
const selectedColor = '#ffffff';
const rejectedColor = '#ff5d5d';

/** Draws scene items, bottom to top, with lines and points of fixed size on the screen. */
export class Painter {
  readonly #context: OffscreenCanvasRenderingContext2D;
  readonly #style: SceneStyle;
  readonly #placement: Placement;
  readonly #hatches = new Map<string, CanvasPattern | null>();
  readonly #tints = new Map<string, { readonly area: string; readonly patch: string }>();
  readonly #dashes: number[];
  readonly #coloring: Coloring;
  readonly #masks = new MaskPainter();
  #dashed = false;

  constructor(context: OffscreenCanvasRenderingContext2D, view: LayerView, style: SceneStyle) {
    this.#context = context;
    this.#style = style;
    this.#placement = { scale: view.scale, x: -view.left * view.scale, y: -view.top * view.scale };
    context.lineJoin = 'round';
    const colors = Object.entries(style.classes).map(([id, { color }]) => [id, color]);
    this.#coloring = { by: style.colorBy, classColors: Object.fromEntries(colors) };
    this.#dashes = [5 * style.pixelRatio, 3 * style.pixelRatio];
  }

  paint(items: readonly SceneItem[]): void {
    const shown = items.filter((item) => this.#isShown(item));
    for (const item of shown) this.#paintItem(item);
    this.#dash(false);
    paintTexts(this.#context, shown, this.#style, this.#placement);
  }

  #isShown({ record }: SceneItem): boolean {
    const { hiddenObjects, hiddenClasses, isolated, excluded } = this.#style;
    return !(
      hiddenObjects.has(record.id) ||
      hiddenClasses.has(record.classId) ||
      excluded.has(record.id) ||
      (isolated !== null && !isolated.has(record.id))
    );
  }

  #paintItem({ record, box }: SceneItem): void {
    const context = this.#context;
    const { scale, x, y } = this.#placement;
    const { pixelRatio, rejected, selected } = this.#style;
    const { shape } = record;
    const color = colorOf(record, this.#coloring);
    const size = Math.max(box.right - box.left, box.bottom - box.top) * scale;
    if (shape.kind === 'point') {
      this.#disc(shape.x * scale + x, shape.y * scale + y, 3.5, color, true);
      return;
    }
    if (size < 3) {
      context.fillStyle = color;
      context.fillRect(box.left * scale + x, box.top * scale + y, Math.max(1, size), Math.max(1, size));
      return;
    }
    const isSelected = selected.has(record.id);
    const isRejected = rejected.has(record.id);
    context.strokeStyle = isRejected ? rejectedColor : isSelected ? selectedColor : color;
    const isMarked = isSelected || isRejected;
    context.lineWidth = isMarked ? 2.5 * pixelRatio : size < hairlineSize ? 1 : 1.5 * pixelRatio;
    this.#dash(isRejected || record.ignore);
    if (shape.kind === 'mask') {
      this.#masks.paint(context, shape, color, maskAlpha(this.#fillOf(record.classId)), this.#placement);
      if (!isMarked && !hasOutline(shape)) return;
    }
    if (shape.kind === 'keypoints') {
      this.#keypoints(shape, record.classId, color);
      return;
    }
    trace(context, shape, this.#placement);
    const isPlain = !isMarked && shape.kind !== 'polyline';
    if (isPlain && size < solidSize * pixelRatio) {
      context.fillStyle = this.#tint(color, record.classId).patch;
      context.fill('evenodd');
      return;
    }
    if (shape.kind !== 'polyline' && shape.kind !== 'mask') {
      const { area } = this.#tint(color, record.classId);
      context.fillStyle = record.ignore ? (this.#hatch(color) ?? area) : area;
      context.fill('evenodd');
    }
    if (shape.kind === 'cuboid') this.#cuboid(shape, color, record);
    else context.stroke();
  }

  /** The front is filled once more. */
  #cuboid(shape: CuboidShape, color: string, { classId, ignore }: EditorRecord): void {
    const context = this.#context;
    if (!ignore) {
      context.beginPath();
      tracePath(context, cuboidLines(shape.corners).front, true, this.#placement);
      context.fillStyle = this.#tint(color, classId).area;
      context.fill();
    }
    strokeCuboid(context, shape, this.#placement, 3 * this.#style.pixelRatio);
  }

  #fillOf(classId: string): number {
    return this.#style.classFill[classId] ?? this.#style.fill;
  }

  #keypoints(shape: KeypointsShape, classId: string, color: string): void {
    const { scale, x, y } = this.#placement;
    const points = new Map(presentKeypoints(shape).map((p) => [p.index, p]));
    this.#context.beginPath();
    for (const edge of this.#style.classes[classId]?.edges ?? []) {
      const from = points.get(edge.from);
      const to = points.get(edge.to);
      if (from === undefined || to === undefined) continue;
      this.#context.moveTo(from.x * scale + x, from.y * scale + y);
      this.#context.lineTo(to.x * scale + x, to.y * scale + y);
    }
    this.#context.stroke();
    for (const p of points.values()) this.#disc(p.x * scale + x, p.y * scale + y, 3.5, color, p.visible);
  }

  #disc(x: number, y: number, radius: number, color: string, filled: boolean): void {
    const context = this.#context;
    const { pixelRatio } = this.#style;
    context.beginPath();
    context.arc(x, y, radius * pixelRatio, 0, 2 * Math.PI);
    context.fillStyle = filled ? color : '#1b1d21';
    context.fill();
    this.#dash(false);
    context.lineWidth = pixelRatio;
    context.strokeStyle = filled ? '#ffffff' : color;
    context.stroke();
  }

  #dash(on: boolean): void {
    if (on !== this.#dashed) this.#context.setLineDash(on ? this.#dashes : []);
    this.#dashed = on;
  }

  #tint(color: string, classId: string): { readonly area: string; readonly patch: string } {
    const fill = this.#fillOf(classId);
    const key = `${color} ${fill}`;
    const known = this.#tints.get(key);
    if (known !== undefined) return known;
    const tint = { area: color + alpha(fill), patch: color + alpha(Math.min(1, 0.5 + fill / 2)) };
    this.#tints.set(key, tint);
    return tint;
  }

  /** Diagonal stripes for objects that measures leave out. */
  #hatch(color: string): CanvasPattern | null {
    const known = this.#hatches.get(color);
    if (known !== undefined) return known;
    const size = Math.round(8 * this.#style.pixelRatio);
    const tile = new OffscreenCanvas(size, size);
    const context = tile.getContext('2d');
    if (context === null) return null;
    context.strokeStyle = `${color}80`;
    context.lineWidth = this.#style.pixelRatio;
    context.beginPath();
    for (const shift of [-size, 0, size]) {
      context.moveTo(shift, size);
      context.lineTo(shift + size, 0);
    }
    context.stroke();
    const pattern = this.#context.createPattern(tile, 'repeat');
    this.#hatches.set(color, pattern);
    return pattern;
  }
}

/** A share from 0 to 1 as the last two digits of `#rrggbbaa`. */
function alpha(share: number): string {
  return Math.round(255 * share)
    .toString(16)
    .padStart(2, '0');
}

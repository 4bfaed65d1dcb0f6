import type { Camera } from '../camera/camera.ts';
import { type FramedShape, frameOf, isFramed } from '../geometry/frames.ts';
import { boundsOf, presentKeypoints } from '../geometry/outline.ts';
import type { EditorRecord, KeypointsShape } from '../model/annotation.ts';
import type { SkeletonEdge } from '../model/ontology.ts';
import type { Related } from '../model/relations.ts';
import type { Preview, PreviewLine, PreviewShape, PreviewStroke } from '../tools/tool.ts';
import { ArrowPainter } from './arrows.ts';
import { type Badge, paintBadges } from './badges.ts';
import { drawBrush } from './brush-cursor.ts';
import type { Colored } from './coloring.ts';
import type { Picture } from './engine.ts';
import { GripPainter } from './grips.ts';
import { Magnifier } from './magnifier.ts';
import { type MaskPainter, maskAlpha } from './mask-pixels.ts';
import { discRadius, OverlayPen } from './overlay-pen.ts';
import { drawTag } from './overlay-words.ts';
import type { StrokeCanvas } from './stroke-canvas.ts';
import type { TileLayer } from './tile-layer.ts';
import { type Placement, trace, tracePath } from './trace.ts';

const lineColors = { away: '#ff8787', plain: '#ffffff' } as const;

/** What lies over the picture and the layer. */
export type OverlayContent = {
  readonly camera: Camera;
  readonly pixelRatio: number;
  /** Few enough to be drawn here. */
  readonly selected: readonly EditorRecord[];
  /** The one whose handles and vertices can be pulled. */
  readonly grips: EditorRecord | null;
  readonly activeVertices: readonly { readonly ring: number; readonly index: number }[];
  readonly hovered: EditorRecord | null;
  /** Committed, but not in the layer yet. */
  readonly lingering: readonly EditorRecord[];
  readonly preview: Preview | null;
  /** Where the stroke in hand is drawn. */
  readonly strokes: StrokeCanvas;
  readonly masks: MaskPainter;
  fillOf(classId: string): number;
  /** Relations of what is shown. */
  readonly relations: readonly Related[];
  predicateName(id: string): string;
  /** Where checks have found something. */
  readonly badges: readonly Badge[];
  /** What the magnifier shows; null when it is switched off. */
  readonly magnified: Picture | null;
  readonly tiles: TileLayer;
  colorOf(item: Colored): string;
  /** The lines between keypoints of the class. */
  edgesOf(classId: string): readonly SkeletonEdge[];
  pointNamesOf(classId: string): readonly string[];
  labelOf(record: EditorRecord): string;
};

/** Draws the shape in hand, the selection with its grips, labels and guides. */
export class OverlayPainter {
  readonly #context: CanvasRenderingContext2D;
  readonly #content: OverlayContent;
  readonly #placement: Placement;
  readonly #pen: OverlayPen;

  constructor(context: CanvasRenderingContext2D, content: OverlayContent) {
    this.#context = context;
    this.#content = content;
    const { camera, pixelRatio } = content;
    const origin = camera.toScreen({ x: 0, y: 0 });
    this.#placement = { scale: camera.scale * pixelRatio, x: origin.x * pixelRatio, y: origin.y * pixelRatio };
    this.#pen = new OverlayPen(context, this.#placement, pixelRatio);
  }

  paint(): void {
    const { selected, grips, hovered, lingering, preview } = this.#content;
    this.#context.setTransform(1, 0, 0, 1, 0, 0);
    this.#context.clearRect(0, 0, this.#context.canvas.width, this.#context.canvas.height);
    this.#context.lineJoin = 'round';
    const inHand = new Set([preview?.stroke?.id, ...(preview?.shapes.map(({ id }) => id) ?? [])]);
    for (const record of lingering) if (!inHand.has(record.id)) this.#shape(record, 1.5, true);
    for (const record of selected) if (!inHand.has(record.id)) this.#highlight(record);
    if (hovered !== null && !inHand.has(hovered.id)) this.#shape(hovered, 2.5, false);
    this.#relations();
    if (preview === null || preview.shapes.length === 0) {
      paintBadges(this.#context, this.#content.camera, this.#content.pixelRatio, this.#content.badges);
    }
    if (preview !== null) this.#preview(preview);
    else if (grips !== null) new GripPainter(this.#context, this.#pen, this.#content).paint(grips);
    if (preview === null || preview.crosshair !== null) this.#labels();
    if (preview !== null && preview.brush !== null) {
      const { x, y } = this.#pen.devicePoint(preview.brush.at);
      drawBrush(this.#context, x, y, preview.brush.radius * this.#placement.scale, this.#content.pixelRatio);
    }
  }

  /** Arrows follow what is in hand; those of what is selected or pointed at stand out. */
  #relations(): void {
    const { camera, pixelRatio, relations, selected, hovered, preview, predicateName } = this.#content;
    const painter = new ArrowPainter(this.#context, camera, pixelRatio);
    const bright = new Set([...selected.map(({ id }) => id), hovered?.id]);
    const inHand = new Map(preview?.shapes.map(({ id, shape }) => [id, shape]) ?? []);
    painter.paint(
      relations.map(({ subject, predicate, object }) => ({
        from: inHand.get(subject.id) ?? subject.shape,
        to: inHand.get(object.id) ?? object.shape,
        name: predicateName(predicate),
        bright: bright.has(subject.id) || bright.has(object.id),
      })),
    );
    const arrow = preview?.arrow;
    if (arrow !== undefined && arrow !== null) painter.line(arrow.from, arrow.to, '');
  }

  #preview(preview: Preview): void {
    if (preview.crosshair !== null) this.#pen.crosshair(preview.crosshair);
    if (preview.stroke !== null) this.#stroked(preview.stroke);
    for (const shape of preview.shapes) this.#previewShape(shape);
    for (const line of preview.lines) this.#line(line);
    if (preview.path !== null) this.#path(preview.path);
    if (preview.snapped !== null) this.#pen.ring(preview.snapped);
    if (preview.focus !== null && this.#content.magnified !== null) {
      new Magnifier(this.#context, this.#content.camera, this.#content.pixelRatio).paint(
        this.#content.magnified,
        this.#content.tiles,
        preview.focus,
      );
    }
    if (preview.caption !== null) this.#pen.caption(preview.caption.text, preview.caption.at);
    const [only] = preview.shapes;
    if (only !== undefined && only.look === undefined && isFramed(only.shape)) this.#measures(only.shape);
    if (preview.band !== null) {
      const { left, top, right, bottom } = preview.band;
      trace(
        this.#context,
        { kind: 'box', x: left, y: top, width: right - left, height: bottom - top },
        this.#placement,
      );
      this.#context.fillStyle = 'rgba(120, 140, 255, 0.15)';
      this.#context.fill();
      this.#pen.stroke('#8c9cff', 1);
    }
  }

  #previewShape(item: PreviewShape): void {
    if (item.look === 'proposed') this.#context.setLineDash([6, 4].map((length) => length * this.#content.pixelRatio));
    this.#shape(item, 1.5, item.look === 'filled' || item.shape.kind === 'mask');
    this.#context.setLineDash([]);
  }

  #line({ points, closed, color, width }: PreviewLine): void {
    this.#context.beginPath();
    tracePath(this.#context, points, closed, this.#placement);
    this.#context.lineCap = 'round';
    if (color === 'plain') this.#pen.stroke('rgba(0, 0, 0, 0.55)', width + 1.5);
    this.#context.globalAlpha = width > 4 ? 0.6 : 1;
    this.#pen.stroke(typeof color === 'object' ? this.#content.colorOf(color) : lineColors[color], width);
    this.#context.globalAlpha = 1;
    this.#context.lineCap = 'butt';
  }

  #highlight(record: EditorRecord): void {
    const color = this.#content.colorOf(record);
    if (record.shape.kind === 'point') {
      this.#pen.disc(record.shape, color, 6);
      return;
    }
    if (record.shape.kind === 'keypoints') {
      this.#skeleton(record.shape, record.classId, color, 2.5);
      return;
    }
    trace(this.#context, record.shape, this.#placement);
    this.#pen.stroke('rgba(255, 255, 255, 0.9)', 3.5);
    if (record.shape.kind === 'cuboid') this.#pen.cuboid(record.shape, color, 1.5);
    else this.#pen.stroke(color, 1.5);
  }

  #shape(item: PreviewShape, width: number, filled: boolean): void {
    const { shape, classId } = item;
    const color = this.#content.colorOf(item);
    if (shape.kind === 'point') {
      this.#pen.disc(shape, color, discRadius + width / 2);
      return;
    }
    if (shape.kind === 'keypoints') {
      this.#skeleton(shape, classId, color, width);
      return;
    }
    if (shape.kind === 'mask' && filled) {
      this.#content.masks.paint(this.#context, shape, color, maskAlpha(this.#content.fillOf(classId)), this.#placement);
      return;
    }
    trace(this.#context, shape, this.#placement);
    if (filled && shape.kind !== 'polyline') {
      this.#context.fillStyle = `${color}33`;
      this.#context.fill('evenodd');
    }
    if (shape.kind === 'cuboid') this.#pen.cuboid(shape, color, width);
    else this.#pen.stroke(color, width);
  }

  #stroked(stroke: PreviewStroke): void {
    const color = this.#content.colorOf(stroke);
    const alpha = maskAlpha(this.#content.fillOf(stroke.classId));
    this.#content.strokes.paint(this.#context, stroke, color, alpha, this.#placement);
  }

  #path({ classId, points, to, closing }: NonNullable<Preview['path']>): void {
    const color = classId === null ? '#ffffff' : this.#content.colorOf({ classId });
    this.#context.beginPath();
    tracePath(this.#context, closing ? points : [...points, to.x, to.y], closing, this.#placement);
    this.#pen.stroke(color, 1.5);
    const first = { x: points[0] ?? 0, y: points[1] ?? 0 };
    for (let i = 2; i < points.length; i += 2)
      this.#pen.disc({ x: points[i] ?? 0, y: points[i + 1] ?? 0 }, color, discRadius);
    this.#pen.disc(first, closing ? '#ffffff' : color, closing ? 6 : discRadius);
  }

  /** Lines and points; a hidden point is hollow. */
  #skeleton(shape: KeypointsShape, classId: string, color: string, width: number): void {
    const points = new Map(presentKeypoints(shape).map((p) => [p.index, p]));
    this.#context.beginPath();
    for (const edge of this.#content.edgesOf(classId)) {
      const [a, b] = [points.get(edge.from), points.get(edge.to)];
      if (a === undefined || b === undefined) continue;
      const [from, to] = [this.#pen.devicePoint(a), this.#pen.devicePoint(b)];
      this.#context.moveTo(from.x, from.y);
      this.#context.lineTo(to.x, to.y);
    }
    this.#pen.stroke(color, width);
    for (const p of points.values()) this.#pen.disc(p, p.visible ? color : '#1b1d21', discRadius + 0.5);
  }

  /** Width and height in image pixels, at the lower right of what is in hand. */
  #measures(shape: FramedShape): void {
    const bounds = boundsOf(shape);
    if (bounds === null) return;
    const { width, height, angle } = frameOf(shape);
    const turned = angle === 0 ? '' : ` ${Math.round((angle * 180) / Math.PI)}°`;
    const [w, h] = [width, height].map((side) => Math.round(side * 10) / 10);
    this.#pen.caption(`${w} × ${h}${turned}`, { x: bounds.right, y: bounds.bottom });
  }

  #labels(): void {
    const { hovered, selected } = this.#content;
    const labelled = selected.length === 1 ? selected : [];
    for (const record of labelled) this.#label(record);
    if (hovered !== null && !labelled.includes(hovered)) this.#label(hovered);
  }

  /** A tag outside of the object: above it, or below where there is no room. */
  #label(record: EditorRecord): void {
    const bounds = boundsOf(record.shape);
    if (bounds === null) return;
    const { pixelRatio } = this.#content;
    const corner = this.#pen.devicePoint({ x: bounds.left, y: bounds.top });
    const below = this.#pen.devicePoint({ x: bounds.left, y: bounds.bottom }).y;
    drawTag(this.#context, this.#content.labelOf(record), this.#content.colorOf(record), corner, below, pixelRatio);
  }
}

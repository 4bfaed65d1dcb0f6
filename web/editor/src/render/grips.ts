import { boxHandles } from '../geometry/box-handles.ts';
import { cuboidGrips } from '../geometry/cuboids.ts';
import { type FramedShape, handleOf, isFramed, turnHandle } from '../geometry/frames.ts';
import { presentKeypoints } from '../geometry/outline.ts';
import type { ImagePoint } from '../geometry/spaces.ts';
import { verticesOf } from '../geometry/vertices.ts';
import type { CuboidShape, EditorRecord, KeypointsShape } from '../model/annotation.ts';
import { turnDistance } from '../tools/reshaping.ts';
import type { OverlayContent } from './overlay.ts';
import { discRadius, type OverlayPen } from './overlay-pen.ts';

/** Vertices closer on the screen than this to the one drawn before get no disc: they would hide the edge. */
const discSpacing = 10;

type GripContent = Pick<OverlayContent, 'camera' | 'activeVertices' | 'colorOf' | 'pointNamesOf'>;

/** Draws what the selected object can be pulled by. */
export class GripPainter {
  readonly #context: CanvasRenderingContext2D;
  readonly #pen: OverlayPen;
  readonly #content: GripContent;

  constructor(context: CanvasRenderingContext2D, pen: OverlayPen, content: GripContent) {
    this.#context = context;
    this.#pen = pen;
    this.#content = content;
  }

  paint(record: EditorRecord): void {
    const { shape, classId } = record;
    const color = this.#content.colorOf(record);
    const active = this.#content.activeVertices;
    if (isFramed(shape)) this.#handles(shape, color);
    if (shape.kind === 'keypoints') this.#keypointName(shape, classId);
    const { visible, scale } = this.#content.camera;
    if (shape.kind === 'cuboid') this.#cuboidGrips(shape, color);
    let last: ImagePoint | null = null;
    for (const v of verticesOf(shape)) {
      if (v.x < visible.left || v.x > visible.right || v.y < visible.top || v.y > visible.bottom) continue;
      const isActive = active.some(({ ring, index }) => ring === v.ring && index === v.index);
      const isCrowded = last !== null && Math.hypot(v.x - last.x, v.y - last.y) * scale < discSpacing;
      if (isCrowded && !isActive) continue;
      last = v;
      this.#pen.disc(v, isActive ? '#ffffff' : color, isActive ? 5 : discRadius);
    }
  }

  /** Squares on faces, small discs on edges; one that lies under another is left out. */
  #cuboidGrips({ corners }: CuboidShape, color: string): void {
    const shown: ImagePoint[] = [];
    const distance = discSpacing / this.#content.camera.scale;
    for (const { kind, at } of cuboidGrips(corners)) {
      if (shown.some((p) => Math.hypot(p.x - at.x, p.y - at.y) < distance)) continue;
      shown.push(at);
      if (kind === 'face') this.#pen.square(at, color);
      else this.#pen.disc(at, color, discRadius - 1);
    }
  }

  #handles(shape: FramedShape, color: string): void {
    const turn = turnHandle(shape, turnDistance / this.#content.camera.scale);
    if (turn !== null) {
      const [from, to] = [this.#pen.devicePoint(handleOf(shape, 'n')), this.#pen.devicePoint(turn)];
      this.#context.beginPath();
      this.#context.moveTo(from.x, from.y);
      this.#context.lineTo(to.x, to.y);
      this.#pen.stroke(color, 1.5);
      this.#pen.disc(turn, '#ffffff', discRadius);
    }
    for (const handle of boxHandles) this.#pen.disc(handleOf(shape, handle), color, discRadius);
  }

  /** The name of the chosen point. */
  #keypointName(shape: KeypointsShape, classId: string): void {
    const [chosen] = this.#content.activeVertices;
    const name = chosen === undefined ? undefined : this.#content.pointNamesOf(classId)[chosen.index];
    const point = presentKeypoints(shape).find(({ index }) => index === chosen?.index);
    if (name !== undefined && point !== undefined) this.#pen.caption(name, point);
  }
}

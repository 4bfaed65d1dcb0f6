import type { AssistAnswers } from '../assist/protocol.ts';
import { centerOf, contains, type PictureWindow, pixelAt } from '../assist/raster.ts';
import { hasPath, pathToSeed, type WirePaths } from '../assist/wire-paths.ts';
import type { Camera } from '../camera/camera.ts';
import { union } from '../geometry/outline.ts';
import { ringArea } from '../geometry/polygon.ts';
import { simplified } from '../geometry/simplifying.ts';
import type { ImageBox, ImagePoint, ScreenPoint } from '../geometry/spaces.ts';
import type { PolygonShape } from '../model/annotation.ts';
import { EdgeMagnet } from './edge-magnet.ts';
import { type Drawing, type Leg, ringOf, straightLegs, withoutSpurs } from './scissors-outline.ts';
import { defineTool, nothingShown, type PreviewLine, type Tool, type ToolContext, type ToolPointer } from './tool.ts';

const closeDistance = 10;
const repeatDistance = 4;
const lane = 'scissors';
/** Ways from at most so many window pixels away are worked out first. */
const near = 256;

/** All ways to a corner. */
type Ways = { readonly window: PictureWindow; readonly seed: number; readonly paths: WirePaths };
export const scissorsTool = defineTool({
  id: 'scissors',
  title: 'Intelligent scissors',
  key: 'S',
  draws: 'polygon',
  drawsElse: 'mask',
  edits: true,
  hint: 'Click along the object: the line follows its edges, with Alt it is straight; Enter or the first point closes it',
  options: [{ setting: 'detail', title: 'Simplify', minimum: 0.3, maximum: 5, step: 0.1 }],
  create: (context) => new ScissorsTool(context),
});

/**
 * Draws an outline that follows the picture's edges from corner to corner. All ways to the last corner are worked out
 * elsewhere, once; following one of them to the pointer costs nothing.
 */
class ScissorsTool implements Tool {
  readonly #context: ToolContext;
  readonly #magnet: EdgeMagnet;
  #drawing: Drawing | null = null;
  #ways: Ways | null = null;
  #waysTo: ImagePoint | null = null;
  /** Counts the times that ways were asked for. */
  #rounds = 0;
  /** What was seen when ways were asked for last. */
  #asked: Camera | null = null;
  #pointer: ToolPointer | null = null;
  /** The outline is closed; it is committed once every leg is known and fits the edges. */
  #isFinishing = false;

  constructor(context: ToolContext) {
    this.#context = context;
    this.#magnet = new EdgeMagnet(context);
  }

  get busy(): boolean {
    return this.#drawing !== null;
  }

  takeInHand(): void {
    this.#magnet.look(this.#box());
  }

  down(pointer: ToolPointer): void {
    if (this.#isFinishing) return;
    const corner = this.#magnet.drawn(pointer);
    if (this.#drawing === null) {
      const classId = this.#context.regionClass();
      if (classId === null) return;
      this.#context.select([]);
      this.#drawing = { classId, corners: [corner], legs: [] };
    } else if (this.#isClosing(pointer.screen) || this.#isRepeat(pointer.screen)) {
      this.finish();
      return;
    } else {
      this.#addCorner(this.#drawing, corner, pointer.alt);
    }
    this.#askWays();
    this.#show(pointer);
  }

  move(pointer: ToolPointer): void {
    this.#context.setCursor('crosshair');
    if (this.#isFinishing) return;
    this.#magnet.look(this.#box());
    if (this.#isOutdated(pointer)) this.#askWays(true);
    this.#show(pointer);
  }

  up(): void {}

  cancel(): void {
    this.#drawing = null;
    this.#ways = null;
    this.#waysTo = null;
    this.#isFinishing = false;
    this.#context.assist.drop(lane);
    this.#context.show(null);
  }

  /** Closes the outline along the edges. */
  finish(): void {
    const drawing = this.#drawing;
    const [first] = drawing?.corners ?? [];
    if (drawing === null || first === undefined || drawing.corners.length < 2 || this.#isFinishing) return;
    this.#addCorner(drawing, first, false);
    this.#isFinishing = true;
    this.#complete();
  }

  stepBack(): boolean {
    if (this.#drawing === null) return false;
    const { classId, corners, legs } = this.#drawing;
    if (corners.length < 2 || this.#isFinishing) {
      this.cancel();
      return true;
    }
    this.#drawing = { classId, corners: corners.slice(0, -1), legs: legs.slice(0, -1) };
    this.#askWays();
    if (this.#pointer !== null) this.#show(this.#pointer);
    return true;
  }

  #addCorner({ classId, corners, legs }: Drawing, corner: ImagePoint, straight: boolean): void {
    const from = corners.at(-1) ?? corner;
    const leg: Leg = { from, straight, points: straight ? [] : this.#follow(from, corner) };
    this.#drawing = { classId, corners: [...corners, corner], legs: [...legs, leg] };
  }

  /**
   * Asks for the ways to the last corner, from near first, which is quick; while legs before it are not known yet, for the
   * ways to the first of these.
   */
  async #askWays(again = false): Promise<void> {
    const drawing = this.#drawing;
    const unknown = drawing?.legs.find(({ points }) => points === null);
    const to = unknown?.from ?? drawing?.corners.at(-1);
    if (to === undefined || (unknown === undefined && !again && this.#waysTo === to)) return;
    const round = ++this.#rounds;
    this.#asked = this.#context.camera;
    for (const reach of [near, Number.POSITIVE_INFINITY]) {
      const found = await this.#context.assist.ask('ways', { box: this.#box(), to, reach }, lane);
      if (found === null || this.#drawing === null) return;
      this.#take(to, found, reach);
      // What has been asked since knows better what is wanted.
      if (round !== this.#rounds) return;
      if (this.#isKnown(unknown) && this.#drawing.corners.at(-1) !== to) break;
    }
    this.#askWays();
  }

  #isKnown(leg: Leg | undefined): boolean {
    return leg === undefined || leg.points !== null;
  }

  #take(to: ImagePoint, { window, seed, steps }: AssistAnswers['ways'], reach: number): void {
    const { corners = [], legs = [] } = this.#drawing ?? {};
    this.#waysTo = to;
    this.#ways = { window, seed, paths: { width: window.width, height: window.height, steps } };
    legs.forEach((leg, i) => {
      if (leg.points !== null || leg.from !== to) return;
      leg.points = this.#follow(to, corners[i + 1] ?? to) ?? (reach === near ? null : []);
    });
    if (this.#isFinishing) this.#complete();
    else if (this.#pointer !== null) this.#show(this.#pointer);
  }

  /** The view has moved on from the ways in hand: they end before the pointer, or are coarser than the screen. */
  #isOutdated({ image }: ToolPointer): boolean {
    const { camera } = this.#context;
    if (this.#ways === null || this.#drawing === null || this.#asked === camera) return false;
    const { window } = this.#ways;
    return !contains(window, image) || (window.sx > 1.5 && window.sx * camera.scale > 2);
  }

  /** The way along edges between two corners; null while the ways from there to the first are not known. */
  #follow(from: ImagePoint, to: ImagePoint): readonly number[] | null {
    if (this.#ways === null || this.#waysTo !== from) return null;
    const { window, seed, paths } = this.#ways;
    if (!contains(window, to)) return [];
    const pixel = pixelAt(window, to);
    if (!hasPath(paths, pixel, seed)) return null;
    const pixels = pathToSeed(paths, pixel).reverse();
    return pixels.slice(1, -1).flatMap((on) => {
      const { x, y } = centerOf(window, on);
      return [x, y];
    });
  }

  /** What is seen, and the corners that are still wanted. */
  #box(): ImageBox {
    const { visible } = this.#context.camera;
    const unknown = this.#drawing?.legs.findIndex(({ points }) => points === null) ?? -1;
    const corners = this.#drawing?.corners ?? [];
    const wanted = unknown >= 0 ? corners.slice(unknown, unknown + 2) : corners.slice(-1);
    if (this.#isFinishing) wanted.push(...corners.slice(0, 1));
    const boxes = wanted.map(({ x, y }) => ({ left: x - 16, top: y - 16, right: x + 16, bottom: y + 16 }));
    return union([visible, ...boxes]) ?? visible;
  }

  /** Commits the closed outline once all of it is known, moved onto edges at full resolution. */
  async #complete(): Promise<void> {
    const drawing = this.#drawing;
    if (drawing === null || !this.#isFinishing) return;
    if (drawing.legs.some(({ points }) => points === null)) {
      this.#askWays();
      return;
    }
    const ring = withoutSpurs(ringOf(drawing));
    if (ringArea(ring) === 0) {
      this.#reopen();
      return;
    }
    const scale = this.#ways?.window.sx ?? 1;
    const { detail } = this.#context.assistSettings;
    const polygon: PolygonShape = { kind: 'polygon', parts: [{ outer: ring, holes: [] }] };
    // The steps of pixels go before edges are looked for across the line.
    const even = simplified(polygon, 0.6 * scale) as PolygonShape;
    const fitted = await this.#context.assist.ask(
      'fit',
      { polygon: even, reach: 1.5 * scale, detail, fixed: straightLegs(drawing) },
      lane,
    );
    if (this.#drawing !== drawing || fitted === null) return;
    const shape = this.#context.regionShape(fitted.polygon, drawing.classId);
    if (shape === null) {
      this.#reopen();
      return;
    }
    this.cancel();
    const record = this.#context.newRecord(shape, drawing.classId, 'assisted');
    this.#context.commit('Intelligent scissors', (transaction) => transaction.put(record));
    this.#context.changed();
  }

  /** What has no area stays in hand, without its last leg. */
  #reopen(): void {
    this.#isFinishing = false;
    if (this.#drawing === null) return;
    const { classId, corners, legs } = this.#drawing;
    this.#drawing = { classId, corners: corners.slice(0, -1), legs: legs.slice(0, -1) };
    if (this.#pointer !== null) this.#show(this.#pointer);
  }

  #show(pointer: ToolPointer): void {
    this.#pointer = pointer;
    const corner = this.#magnet.drawn(pointer);
    const snapped = corner.x === pointer.image.x && corner.y === pointer.image.y ? null : corner;
    if (this.#drawing === null) {
      this.#context.show({ ...nothingShown, snapped });
      return;
    }
    const { classId, corners } = this.#drawing;
    const closing = this.#isClosing(pointer.screen);
    const last = corners.at(-1) ?? corner;
    const end = closing ? (corners[0] ?? corner) : corner;
    const ahead = pointer.alt ? [] : (this.#follow(last, end) ?? []);
    const line: PreviewLine = {
      points: [...ringOf(this.#drawing), last.x, last.y, ...ahead, end.x, end.y],
      closed: false,
      color: { classId },
      width: 1.5,
    };
    const discs = corners.map(({ x, y }) => ({ id: null, classId, shape: { kind: 'point' as const, x, y } }));
    this.#context.show({ ...nothingShown, shapes: discs, lines: [line], snapped: closing ? end : snapped });
  }

  #isClosing(screen: ScreenPoint): boolean {
    const { corners = [] } = this.#drawing ?? {};
    return corners.length >= 2 && this.#screenDistance(corners[0], screen) <= closeDistance;
  }

  #isRepeat(screen: ScreenPoint): boolean {
    const { corners = [] } = this.#drawing ?? {};
    return corners.length >= 3 && this.#screenDistance(corners.at(-1), screen) <= repeatDistance;
  }

  #screenDistance(place: ImagePoint | undefined, screen: ScreenPoint): number {
    if (place === undefined) return Number.POSITIVE_INFINITY;
    const at = this.#context.camera.toScreen(place);
    return Math.hypot(at.x - screen.x, at.y - screen.y);
  }
}

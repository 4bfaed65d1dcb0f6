import { Camera } from '../camera/camera.ts';
import type { CommandRegistry } from '../commands/registry.ts';
import { boundsOf } from '../geometry/outline.ts';
import { KeyboardInput } from '../input/keyboard-input.ts';
import { PointerInput } from '../input/pointer-input.ts';
import type { Observable } from '../model/observable.ts';
import { skeletonOf } from '../model/ontology.ts';
import { type Related, relationsAmong } from '../model/relations.ts';
import type { Session } from '../session.ts';
import type { EditorState } from '../state.ts';
import type { StoreDiff } from '../store/annotation-store.ts';
import type { Rejection } from '../sync/status.ts';
import type { Toolbox } from '../tools/toolbox.ts';
import type { Badge } from './badges.ts';
import { classColors, colorOf } from './coloring.ts';
import { compose } from './compositor.ts';
import type { Engine } from './engine.ts';
import { LayerKeeper } from './layer-keeper.ts';
import { MaskPainter } from './mask-pixels.ts';
import { OverlayPainter } from './overlay.ts';
import { overlaySelectionLimit, SceneFeed } from './scene-feed.ts';
import { StrokeCanvas } from './stroke-canvas.ts';
import { TileLayer } from './tile-layer.ts';
import { TonedPicture } from './toned-picture.ts';

export type SurfaceParts = {
  readonly host: HTMLElement;
  readonly state: EditorState;
  readonly engine: Engine;
  readonly toolbox: Toolbox;
  readonly commands: CommandRegistry;
  readonly rejections: Observable<readonly Rejection[]>;
};

/** The two canvases in the page: picture and layer below, the shape in hand and the selection above. */
export class Surface {
  readonly #parts: SurfaceParts;
  readonly #below: HTMLCanvasElement;
  readonly #above: HTMLCanvasElement;
  readonly #toned: TonedPicture;
  readonly #tiles: TileLayer;
  readonly #layer: LayerKeeper;
  readonly #feed: SceneFeed;
  readonly #resize: ResizeObserver;
  readonly #pointer: PointerInput;
  readonly #keyboard: KeyboardInput;
  readonly #strokes = new StrokeCanvas();
  readonly #masks = new MaskPainter();
  readonly #stops: (() => void)[] = [];
  readonly #waiting: (() => void)[] = [];
  #related: { readonly of: unknown; readonly found: readonly Related[] } = { of: null, found: [] };
  #frame = 0;
  #belowDirty = true;
  #aboveDirty = true;

  constructor(parts: SurfaceParts) {
    this.#parts = parts;
    const { host, state, engine } = parts;
    this.#below = addCanvas(host);
    this.#toned = new TonedPicture(engine, () => this.#invalidate(true, false));
    this.#tiles = new TileLayer(
      engine,
      () => this.#invalidate(true, false),
      (message) => state.notify(`Parts of the picture could not be loaded: ${message}`),
    );
    this.#above = addCanvas(host);
    this.#above.tabIndex = 0;
    this.#above.setAttribute('role', 'application');
    this.#above.setAttribute('aria-label', 'Picture and annotations');
    this.#layer = new LayerKeeper(engine, () => this.#invalidate(true, true));
    this.#feed = new SceneFeed(engine, state, this.#layer);
    this.#pointer = new PointerInput(this.#above, state, parts.toolbox);
    this.#keyboard = new KeyboardInput(host.ownerDocument, parts.commands, this.#pointer);
    this.#resize = new ResizeObserver(() => this.#measure());
    this.#resize.observe(host);
    this.#watch();
    this.#measure();
    this.open(state.session);
  }

  /** Another image is on its way: what is drawn on it is shown as soon as it is parsed. */
  expect(setId: string): void {
    this.#feed.expect(setId);
    this.#layer.setCamera(this.#parts.state.camera.value, this.#pixelRatio);
  }

  /** Another image, or none. */
  open(session: Session | null): void {
    this.#feed.open(session);
    this.#layer.setCamera(this.#parts.state.camera.value, this.#pixelRatio);
    this.#invalidate(true, true);
  }

  follow(diff: StoreDiff, session: Session): void {
    this.#feed.follow(diff, session);
    this.#invalidate(false, true);
  }

  /** The picture has come, or looks different. */
  repaint(): void {
    this.#invalidate(true, false);
  }

  /** Resolves after a frame that shows everything as it is. */
  whenPainted(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#invalidate(true, true);
    });
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame);
    for (const stop of this.#stops) stop();
    this.#resize.disconnect();
    this.#keyboard.dispose();
    this.#pointer.dispose();
    this.#layer.dispose();
    this.#below.remove();
    this.#above.remove();
    this.#toned.dispose();
    this.#tiles.dispose();
  }

  get #pixelRatio(): number {
    return this.#parts.host.ownerDocument.defaultView?.devicePixelRatio ?? 1;
  }

  #watch(): void {
    const { state, rejections } = this.#parts;
    const above = () => this.#invalidate(false, true);
    this.#stops.push(
      state.camera.subscribe(() => {
        this.#layer.setCamera(state.camera.value, this.#pixelRatio);
        this.#invalidate(true, true);
      }),
      state.selection.subscribe(() => {
        this.#feed.showSelection(state.selection.value);
        above();
      }),
      state.preview.subscribe(() => {
        const { shapes = [], stroke = null } = state.preview.value ?? {};
        this.#feed.exclude(new Set([...shapes, ...(stroke === null ? [] : [stroke])].flatMap(({ id }) => id ?? [])));
        above();
      }),
      state.view.subscribe(() => {
        this.#feed.restyle(null);
        this.#invalidate(true, true);
      }),
      state.ontology.subscribe(() => {
        this.#feed.restyle(null);
        above();
      }),
      rejections.subscribe(() => {
        this.#feed.rejections = rejections.value;
        this.#feed.restyle(null);
      }),
      state.tiles.subscribe(() => this.#invalidate(true, false)),
      state.hovered.subscribe(above),
      state.findings.subscribe(above),
      state.activeVertices.subscribe(above),
      state.cursor.subscribe(() => {
        this.#above.style.cursor = state.cursor.value;
      }),
    );
  }

  #measure(): void {
    const { host, state } = this.#parts;
    const viewport = { width: Math.max(1, host.clientWidth), height: Math.max(1, host.clientHeight) };
    for (const canvas of [this.#below, this.#above]) {
      canvas.width = Math.round(viewport.width * this.#pixelRatio);
      canvas.height = Math.round(viewport.height * this.#pixelRatio);
    }
    this.#feed.pixelRatio = this.#pixelRatio;
    this.#feed.restyle(null);
    const { camera } = state;
    const wasUnseen = camera.value.viewport.width <= 1;
    camera.set(wasUnseen ? Camera.fit(camera.value.image, viewport) : camera.value.resized(viewport));
    this.#paint();
  }

  #invalidate(below: boolean, above: boolean): void {
    this.#belowDirty ||= below;
    this.#aboveDirty ||= above;
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#paint());
  }

  #paint(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const { state } = this.#parts;
    const below = this.#below.getContext('2d', { alpha: false });
    const above = this.#above.getContext('2d');
    if (below === null || above === null) return;
    if (this.#belowDirty) {
      const picture = state.session?.picture ?? null;
      const { tone, pixelGrid } = state.view.value;
      this.#tiles.open(state.openTiles);
      this.#tiles.follow(state.camera.value, this.#pixelRatio, tone, picture);
      compose(below, state.camera.value, this.#pixelRatio, {
        picture,
        shown: (whole, level) => this.#toned.shown(whole, level, tone),
        tiles: this.#tiles,
        layer: this.#layer,
        pixelGrid,
      });
    }
    if (this.#aboveDirty) this.#paintAbove(above);
    this.#belowDirty = false;
    this.#aboveDirty = false;
    if (this.#layer.isSettled && this.#tiles.isSettled) for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** Relations between what is shown; looked for again when annotations change. */
  #relations(): readonly Related[] {
    const { state } = this.#parts;
    const view = state.annotations.value;
    if (this.#related.of !== view) this.#related = { of: view, found: relationsAmong(view.list()) };
    return this.#related.found.filter(({ subject, object }) => state.isShown(subject) && state.isShown(object));
  }

  #badges(): readonly Badge[] {
    const { state } = this.#parts;
    return [...state.findings.value].flatMap(([id, severity]) => {
      const [record] = state.records([id]);
      const box = record === undefined || !state.isShown(record) ? null : boundsOf(record.shape);
      return box === null ? [] : [{ at: { x: box.right, y: box.top }, severity }];
    });
  }

  #paintAbove(context: CanvasRenderingContext2D): void {
    const { state } = this.#parts;
    const ids = state.selection.value.length <= overlaySelectionLimit ? state.selection.value : [];
    const selected = state.records(ids).filter((record) => state.isShown(record));
    const only = selected.length === 1 ? selected[0] : undefined;
    const hasGrips = only !== undefined && state.tool.value === 'select' && !state.readOnly && !state.isLocked(only);
    const [hovered] = state.hovered.value === null ? [] : state.records([state.hovered.value]);
    const { colorBy, safeColors, fill, classFill } = state.view.value;
    const coloring = { by: colorBy, classColors: classColors(state.ontology.value, safeColors) };
    const classes = new Map(state.ontology.value.classes.map((c) => [c.id, c]));
    new OverlayPainter(context, {
      camera: state.camera.value,
      pixelRatio: this.#pixelRatio,
      selected,
      grips: hasGrips ? only : null,
      activeVertices: state.activeVertices.value,
      hovered: hovered ?? null,
      strokes: this.#strokes,
      masks: this.#masks,
      fillOf: (classId) => classFill[classId] ?? fill,
      lingering: this.#feed.lingering(),
      preview: state.preview.value,
      relations: this.#relations(),
      badges: this.#badges(),
      predicateName: (id) => state.ontology.value.predicates?.find((p) => p.id === id)?.name ?? id,
      edgesOf: (classId) => skeletonOf(state.ontology.value, classId)?.edges ?? [],
      pointNamesOf: (classId) => skeletonOf(state.ontology.value, classId)?.points ?? [],
      magnified: state.view.value.magnifier ? (state.session?.picture ?? null) : null,
      tiles: this.#tiles,
      colorOf: (item) => colorOf(item, coloring),
      labelOf: (record) => classes.get(record.classId)?.name ?? record.classId,
    }).paint();
  }
}

function addCanvas(host: HTMLElement): HTMLCanvasElement {
  const canvas = host.ownerDocument.createElement('canvas');
  Object.assign(canvas.style, {
    position: 'absolute',
    inset: '0',
    width: '100%',
    height: '100%',
    touchAction: 'none',
    outlineOffset: '-2px',
  });
  host.append(canvas);
  return canvas;
}

import type { AnnotationsView, DrawingSettings, HistoryView, ImageState, Notice, ViewSettings } from './api.ts';
import type { Assist } from './assist/assist.ts';
import { Camera } from './camera/camera.ts';
import type { ImagePoint, ScreenBox } from './geometry/spaces.ts';
import { type EditorRecord, type OutcomeState, untouchedOutcome } from './model/annotation.ts';
import { Cell } from './model/observable.ts';
import { emptyOntology, type LabelClass, type Ontology } from './model/ontology.ts';
import type { Severity } from './render/badges.ts';
import type { SetPart } from './render/protocol.ts';
import type { TileSource } from './render/tile-grid.ts';
import { untouchedTone } from './render/tone.ts';
import type { Session } from './session.ts';
import { AnnotationStore, type StoreDiff } from './store/annotation-store.ts';
import { StoreView } from './store/annotations-view.ts';
import { everythingVisible, type Visibility } from './store/changes.ts';
import type { Person } from './sync/port.ts';
import type { ToolId } from './tools/all-tools.ts';
import type { Preview, VertexOf } from './tools/tool.ts';

const initialView: ViewSettings = {
  tone: untouchedTone,
  colorBy: 'class',
  safeColors: false,
  fill: 0.2,
  classFill: {},
  pixelGrid: true,
  magnifier: true,
  isolated: null,
};
const initialDrawing: DrawingSettings = {
  snapping: true,
  sharedBorders: false,
  assist: { tolerance: 16, detail: 1, cellSize: 24, likeness: 0.75 },
  brushSize: 24,
  penPressure: false,
  maskRule: 'overlap',
};
const onePixel = { width: 1, height: 1 };

/** Everything the parts of the editor share: what is open, what is selected, what is in hand. */
export class EditorState {
  readonly user: Person;
  session: Session | null = null;
  readOnly = false;
  readonly image = new Cell<ImageState>({ status: 'none' });
  readonly ontology = new Cell<Ontology>(emptyOntology);
  readonly annotations = new Cell<AnnotationsView>(new StoreView(new AnnotationStore()));
  /** What of the open set is here; null = all of it. */
  readonly part = new Cell<SetPart | null>(null);
  readonly outcome = new Cell<OutcomeState>(untouchedOutcome);
  readonly visibility = new Cell<Visibility>(everythingVisible);
  readonly selection = new Cell<readonly string[]>([]);
  readonly hovered = new Cell<string | null>(null);
  readonly selectionFrame = new Cell<ScreenBox | null>(null);
  readonly pointer = new Cell<ImagePoint | null>(null);
  readonly tool = new Cell<ToolId>('select');
  readonly busy = new Cell(false);
  readonly currentClass = new Cell<string | null>(null);
  /** The predicate of the next relation; null = the first that goes between the two. */
  readonly currentPredicate = new Cell<string | null>(null);
  /** The class that was drawn before the current one. */
  previousClass: string | null = null;
  readonly view = new Cell<ViewSettings>(initialView);
  readonly drawing = new Cell<DrawingSettings>(initialDrawing);
  readonly camera = new Cell(new Camera(onePixel, onePixel, { x: 0, y: 0 }, 1));
  readonly history = new Cell<HistoryView>({ undo: null, redo: null });
  readonly notice = new Cell<Notice | null>(null);
  /** How bad what checks have found is, by object. */
  readonly findings = new Cell<ReadonlyMap<string, Severity>>(new Map());
  /** The object whose text is being typed. */
  readonly typing = new Cell<string | null>(null);
  readonly tiles = new Cell<TileSource | null>(null);
  readonly preview = new Cell<Preview | null>(null);
  readonly cursor = new Cell('default');
  readonly activeVertices = new Cell<readonly VertexOf[]>([]);
  readonly assist: Assist;
  #notices = 0;

  constructor(user: Person, assist: Assist) {
    this.user = user;
    this.assist = assist;
    assist.onFailure = (message) => this.notify(`The picture could not be looked at: ${message}`);
  }

  /** The session, when it may be edited. */
  get editable(): Session | null {
    return this.readOnly ? null : this.session;
  }

  /** The tiles of the open image; null when it has none, or they are those of another one. */
  get openTiles(): TileSource | null {
    return this.tiles.value?.imageId === this.session?.source.imageId ? this.tiles.value : null;
  }

  /** Another image, or none: everything about it is told anew. */
  show(session: Session | null, readOnly: boolean): void {
    this.session = session;
    this.readOnly = readOnly;
    this.#openAssist();
    const store = session?.store ?? new AnnotationStore();
    this.annotations.set(new StoreView(store));
    this.part.set(session?.part.value ?? null);
    this.outcome.set(store.outcome);
    this.visibility.set(store.visibility);
    this.history.set(session?.history.state.value ?? { undo: null, redo: null });
  }

  setTiles(tiles: TileSource | null): void {
    this.tiles.set(tiles);
    if (this.session?.source.isOverview === true) this.#openAssist();
  }

  /** The open image has changed. */
  follow(diff: StoreDiff, store: AnnotationStore): void {
    const view = this.annotations.value;
    this.annotations.set(view instanceof StoreView ? view.after(diff) : new StoreView(store));
    this.outcome.set(store.outcome);
    this.visibility.set(store.visibility);
    const gone = diff.changes.some((change) => change.kind === 'annotation' && change.after === null);
    if (gone) this.select(this.records(this.selection.value).map(({ id }) => id));
  }

  notify(message: string, tone: Notice['tone'] = 'warning'): void {
    this.notice.set({ id: ++this.#notices, tone, message });
  }

  classOf(classId: string): LabelClass | undefined {
    return this.ontology.value.classes.find((c) => c.id === classId);
  }

  records(ids: readonly string[]): readonly EditorRecord[] {
    return ids.flatMap((id) => this.session?.store.get(id) ?? []);
  }

  isShown(record: EditorRecord): boolean {
    const { hiddenObjects, hiddenClasses } = this.visibility.value;
    const { isolated } = this.view.value;
    if (isolated !== null && !isolated.has(record.id)) return false;
    return !hiddenObjects.has(record.id) && !hiddenClasses.has(record.classId);
  }

  isLocked(record: EditorRecord): boolean {
    const { lockedObjects, lockedClasses } = this.visibility.value;
    return lockedObjects.has(record.id) || lockedClasses.has(record.classId);
  }

  /** What a click can reach. */
  readonly isReachable = (record: EditorRecord): boolean => this.isShown(record) && !this.isLocked(record);

  select(ids: readonly string[]): void {
    const old = this.selection.value;
    if (old.length === ids.length && old.every((id, i) => id === ids[i])) return;
    const vertices = this.activeVertices.value;
    if (ids.length !== 1 || vertices.some(({ id }) => !ids.includes(id))) this.activeVertices.set([]);
    if (this.typing.value !== null && !(ids.length === 1 && ids[0] === this.typing.value)) this.typing.set(null);
    this.selection.set(ids);
  }

  #openAssist(): void {
    const source = this.session?.source;
    const pixels = source?.isOverview === true ? this.openTiles : source?.picture;
    if (source === undefined) this.assist.open(null);
    else if (pixels == null) this.assist.open(null, 'its tiles are not there yet.');
    else this.assist.open({ source: pixels, size: source.size });
  }
}

import { boundsOf, union } from '../geometry/outline.ts';
import type { ImageBox } from '../geometry/spaces.ts';
import type { EditorRecord } from '../model/annotation.ts';
import type { Session } from '../session.ts';
import type { EditorState } from '../state.ts';
import type { StoreDiff } from '../store/annotation-store.ts';
import type { Rejection } from '../sync/status.ts';
import type { Engine } from './engine.ts';
import type { LayerKeeper } from './layer-keeper.ts';
import type { ClassStyle, SceneStyle } from './protocol.ts';

/** More selected objects than this are highlighted by the worker, without handles. */
export const overlaySelectionLimit = 100;
/** More changed objects than this are not bridged by the overlay until the layer shows them. */
const lingerLimit = 100;

/**
 * Keeps the worker's scene and its look up to date, and remembers what the layer does not show yet:
 * these records linger on the overlay, so that nothing flickers between the hand and the layer.
 */
export class SceneFeed {
  readonly #engine: Engine;
  readonly #state: EditorState;
  readonly #layer: LayerKeeper;
  readonly #lingering = new Map<string, number>();
  #excluded: ReadonlySet<string> = new Set();
  #selectedThere: ReadonlySet<string> = new Set();
  rejections: readonly Rejection[] = [];
  pixelRatio = 1;

  constructor(engine: Engine, state: EditorState, layer: LayerKeeper) {
    this.#engine = engine;
    this.#state = state;
    this.#layer = layer;
  }

  /** Committed records that the layer does not show yet. */
  lingering(): readonly EditorRecord[] {
    const shown = this.#layer.shownVersion;
    for (const [id, version] of this.#lingering) if (version <= shown) this.#lingering.delete(id);
    return this.#state.records([...this.#lingering.keys()]).filter((record) => this.#state.isShown(record));
  }

  open(session: Session | null): void {
    this.#lingering.clear();
    this.#excluded = new Set();
    this.#selectedThere = new Set();
    this.restyle(null);
    this.#layer.setScene(session?.sceneId ?? null);
  }

  /** After the session has passed a diff on to the worker. */
  follow(diff: StoreDiff, session: Session): void {
    if (diff.changes.some((change) => change.kind === 'visibility')) this.restyle(null);
    const changes = diff.changes.filter((change) => change.kind === 'annotation');
    if (changes.length === 0) return;
    if (changes.length <= lingerLimit) {
      for (const { id, after } of changes) if (after !== null) this.#lingering.set(id, session.sceneVersion);
    }
    const boxes = changes.flatMap(({ before, after }) =>
      [before, after].map((record) => (record === null ? null : boundsOf(record.shape))),
    );
    const part = union(boxes);
    if (part !== null) this.#layer.invalidate(part);
  }

  /** Takes the shapes in hand out of the layer, and puts them back. */
  exclude(ids: ReadonlySet<string>): void {
    const changed = [...ids].filter((id) => !this.#excluded.has(id));
    const returned = [...this.#excluded].filter((id) => !ids.has(id));
    if (changed.length + returned.length === 0) return;
    this.#excluded = ids;
    const records = this.#state.records([...changed, ...returned]);
    const version = this.restyle(union(records.map(({ shape }) => boundsOf(shape))));
    for (const id of returned.slice(0, lingerLimit)) this.#lingering.set(id, version);
  }

  showSelection(ids: readonly string[]): void {
    const there = ids.length > overlaySelectionLimit ? new Set(ids) : new Set<string>();
    if (there.size === 0 && this.#selectedThere.size === 0) return;
    this.#selectedThere = there;
    this.restyle(null);
  }

  /** Sends the look; `part` is where it differs, null = everywhere. Returns the version that shows it. */
  restyle(part: ImageBox | null): number {
    const { session } = this.#state;
    if (session === null) return 0;
    const version = this.#engine.setStyle(session.sceneId, this.#style(session));
    this.#layer.invalidate(part);
    return version;
  }

  #style(session: Session): SceneStyle {
    const { ontology, visibility, view } = this.#state;
    const skeletons = new Map(ontology.value.skeletons.map((s) => [s.id, s.edges]));
    const classes: Record<string, ClassStyle> = {};
    for (const { id, color, skeletonId } of ontology.value.classes) {
      classes[id] = { color, edges: skeletons.get(skeletonId ?? '') ?? [] };
    }
    const mine = this.rejections.filter(({ setId }) => setId === session.source.setId);
    return {
      classes,
      hiddenObjects: visibility.value.hiddenObjects,
      hiddenClasses: visibility.value.hiddenClasses,
      isolated: view.value.isolated,
      rejected: new Set(mine.map(({ id }) => id)),
      selected: this.#selectedThere,
      excluded: this.#excluded,
      pixelRatio: this.pixelRatio,
    };
  }
}

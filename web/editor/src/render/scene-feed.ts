import { boundsOf, union } from '../geometry/outline.ts';
import type { ImageBox } from '../geometry/spaces.ts';
import type { EditorRecord } from '../model/annotation.ts';
import type { Ontology } from '../model/ontology.ts';
import { textIds } from '../model/text.ts';
import type { Session } from '../session.ts';
import type { EditorState } from '../state.ts';
import type { StoreDiff } from '../store/annotation-store.ts';
import type { Rejection } from '../sync/status.ts';
import { classColors } from './coloring.ts';
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
  #scene: string | null = null;
  #sent: { readonly style: SceneStyle; readonly version: number } | null = null;
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

  /** The scene to be shown; it is drawn as soon as the worker has it. */
  expect(scene: string | null): void {
    this.#lingering.clear();
    this.#excluded = new Set();
    this.#selectedThere = new Set();
    this.#scene = scene;
    this.#sent = null;
    this.restyle(null);
    this.#layer.setScene(scene);
  }

  open(session: Session | null): void {
    const scene = session?.sceneId ?? null;
    if (scene !== this.#scene || scene === null) this.expect(scene);
    // Unsent changes were put over what the worker had loaded.
    else if (session !== null && session.sceneVersion > (this.#sent?.version ?? 0)) this.#layer.invalidate(null);
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

  /**
   * Sends the look, if it differs from what was sent; `part` is where it differs, null = everywhere. Returns the version
   * that shows it.
   */
  restyle(part: ImageBox | null): number {
    if (this.#scene === null) return 0;
    const style = this.#style(this.#scene);
    if (this.#sent !== null && sameStyle(this.#sent.style, style)) return this.#sent.version;
    const version = this.#engine.setStyle(this.#scene, style);
    this.#sent = { style, version };
    this.#layer.invalidate(part);
    return version;
  }

  #style(scene: string): SceneStyle {
    const { ontology, visibility, view } = this.#state;
    const mine = this.rejections.filter(({ setId }) => setId === scene);
    return {
      classes: classStyles(ontology.value, view.value.safeColors),
      colorBy: view.value.colorBy,
      fill: view.value.fill,
      classFill: view.value.classFill,
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

const known = new WeakMap<Ontology, Map<boolean, Readonly<Record<string, ClassStyle>>>>();

/** The look of each class; the same object for the same ontology. */
function classStyles(ontology: Ontology, safe: boolean): Readonly<Record<string, ClassStyle>> {
  const ofOntology = known.get(ontology) ?? new Map<boolean, Readonly<Record<string, ClassStyle>>>();
  known.set(ontology, ofOntology);
  const made = ofOntology.get(safe);
  if (made !== undefined) return made;
  const colors = classColors(ontology, safe);
  const skeletons = new Map(ontology.skeletons.map((s) => [s.id, s.edges]));
  const classes = Object.fromEntries(
    ontology.classes.map((c) => [
      c.id,
      { color: colors[c.id] ?? c.color, edges: skeletons.get(c.skeletonId ?? '') ?? [], text: textIds(c) },
    ]),
  );
  ofOntology.set(safe, classes);
  return classes;
}

function sameStyle(a: SceneStyle, b: SceneStyle): boolean {
  return (Object.keys(a) as (keyof SceneStyle)[]).every((key) => {
    const [x, y] = [a[key], b[key]];
    return x === y || (x instanceof Set && y instanceof Set && x.size === y.size && [...x].every((id) => y.has(id)));
  });
}

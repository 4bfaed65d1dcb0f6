import type { ImageSource } from './api.ts';
import { hits, preferred, touches } from './geometry/hit.ts';
import { boundsOf } from './geometry/outline.ts';
import { boxesOverlap, type ImageBox, type ImagePoint } from './geometry/spaces.ts';
import { tileId } from './masks/label-tile.ts';
import { type EditorRecord, toTile } from './model/annotation.ts';
import { Cell } from './model/observable.ts';
import { closePicture, type Engine, type LoadedSet, type Picture } from './render/engine.ts';
import type { SceneChange, SetPart } from './render/protocol.ts';
import { compareOrder } from './render/scene.ts';
import type { SetWindow } from './set-window.ts';
import { AnnotationStore, type StoreDiff } from './store/annotation-store.ts';
import { outcomeId } from './store/changes.ts';
import { History } from './store/history.ts';
import { SpatialIndex } from './store/spatial-index.ts';
import type { Outbox } from './sync/outbox.ts';
import { isOutcome, isTile } from './sync/pending.ts';

/** One image with its annotations, open or fetched ahead. */
export class Session {
  readonly source: ImageSource;
  /** Null until it is decoded: annotations are shown as soon as they are there. */
  picture: Picture | null = null;
  /** Resolves when `picture` is there; rejects with what `picture` was rejected with. */
  readonly pictured: Promise<void>;
  readonly store = new AnnotationStore();
  readonly history: History;
  /** Layers of this version show everything that the store holds. */
  sceneVersion = 0;
  /** What of the set is here; null = all of it. */
  readonly part: Cell<SetPart | null>;
  /** Fetches the rest as it is looked at; null where all is here. */
  window: SetWindow | null = null;
  readonly #engine: Engine;
  readonly #outbox: Outbox;
  readonly #index = new SpatialIndex();
  /** What the store is told just now is in the worker's scene already. */
  #isDrawn = false;
  readonly #stop: () => void;
  #disposed = false;

  constructor(source: ImageSource, picture: Promise<Picture>, loaded: LoadedSet, engine: Engine, outbox: Outbox) {
    this.source = source;
    this.pictured = picture.then((decoded) => {
      if (this.#disposed) closePicture(decoded);
      else this.picture = decoded;
    });
    this.history = new History(this.store);
    const { header } = loaded;
    [this.#engine, this.#outbox] = [engine, outbox];
    this.part = new Cell(header.part);
    const sync = outbox.setOf(source.setId);
    sync.belongs = header.part === null ? null : (record) => this.#isInPart(record);
    this.#index.adopt(header.ids, header.boxes, header.tree);
    this.#stop = this.store.subscribe((diff) => this.#follow(diff));
    this.store.reset(loaded.records, header.outcome, header.tiles.map(toTile));
    const revisions = new Map(loaded.revisions).set(outcomeId, header.outcomeRevision);
    for (const tile of header.tiles) revisions.set(tileId(tile), tile.revision);
    const unsent = outbox.loaded(source.setId, header.revision, revisions, (id) =>
      id === outcomeId ? header.outcome : this.store.stored(id),
    );
    sync.store = this.store;
    this.store.transact('remote', (transaction) => {
      for (const [id, value] of unsent) {
        if (isOutcome(value)) transaction.setOutcome(value);
        else if (isTile(value)) transaction.paint(value);
        else if (value !== null) transaction.put(value);
        else transaction.remove(id);
      }
    });
  }

  get sceneId(): string {
    return this.source.setId;
  }

  /** Adds what came of the set, which the worker's scene has; it is what is here from now on. */
  takeIn({ records, revisions }: LoadedSet, part: SetPart): void {
    const arrived = records.map((value) => ({ id: value.id, value, revision: revisions.get(value.id) ?? 0 }));
    const { taken, kept } = this.#outbox.arrived(this.source.setId, arrived);
    const ids = new Set(taken.map(({ id }) => id));
    const added = records.filter(({ id }) => ids.has(id) && this.store.get(id) === undefined);
    const changed = records.filter(({ id }) => ids.has(id) && this.store.get(id) !== undefined);
    this.part.set(part);
    this.#isDrawn = true;
    this.store.transact('load', (transaction) => added.forEach(transaction.put));
    this.#isDrawn = false;
    this.store.transact('remote', (transaction) => changed.forEach(transaction.put));
    this.#draw(kept.map((id) => ({ id, record: this.store.get(id) ?? null })));
  }

  /** The objects that a click here could mean, bottom to top, of those that `counts`. */
  at(p: ImagePoint, tolerance: number, counts: (record: EditorRecord) => boolean): readonly EditorRecord[] {
    const around = { left: p.x - tolerance, top: p.y - tolerance, right: p.x + tolerance, bottom: p.y + tolerance };
    return this.#found(around)
      .filter((record) => counts(record) && hits(record.shape, p, tolerance))
      .sort(compareOrder);
  }

  /** The one of them that a click selects. */
  hit(p: ImagePoint, tolerance: number, counts: (record: EditorRecord) => boolean): EditorRecord | null {
    return preferred(this.at(p, tolerance, counts));
  }

  within(box: ImageBox): readonly EditorRecord[] {
    return this.#found(box).filter(({ shape }) => {
      const b = boundsOf(shape);
      const inside =
        b !== null && b.left >= box.left && b.right <= box.right && b.top >= box.top && b.bottom <= box.bottom;
      return inside || touches(shape, box);
    });
  }

  dispose(): void {
    this.window?.dispose();
    this.#stop();
    this.history.dispose();
    this.#disposed = true;
    if (this.picture !== null) closePicture(this.picture);
  }

  #found(box: ImageBox): EditorRecord[] {
    return this.#index.search(box).flatMap((id) => this.store.get(id) ?? []);
  }

  #isInPart({ shape }: EditorRecord): boolean {
    const [bounds, part] = [boundsOf(shape), this.part.value];
    return bounds === null || part === null || boxesOverlap(bounds, part.area);
  }

  #draw(changes: readonly SceneChange[]): void {
    if (changes.length > 0) this.sceneVersion = this.#engine.change(this.sceneId, changes);
  }

  #follow(diff: StoreDiff): void {
    const changes = diff.changes.filter((change) => change.kind === 'annotation');
    this.#index.set(changes.map(({ id, after }) => [id, after === null ? null : boundsOf(after.shape)]));
    if (!this.#isDrawn) this.#draw(changes.map(({ id, after }) => ({ id, record: after })));
    if (diff.origin === 'user') this.#outbox.push(this.source.setId, diff.stored);
  }
}

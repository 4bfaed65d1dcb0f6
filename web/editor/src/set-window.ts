import type { Camera } from './camera/camera.ts';
import { boxesOverlap, type ImageBox, type Size } from './geometry/spaces.ts';
import type { Observable } from './model/observable.ts';
import type { Engine, LoadedSet } from './render/engine.ts';
import type { SetPart } from './render/protocol.ts';
import type { Session } from './session.ts';
import type { Outbox } from './sync/outbox.ts';
import type { SyncPort } from './sync/port.ts';

/** How much of a set is here at a time. */
export type WindowLimits = {
  /** A set of no more annotations comes whole. */
  readonly whole: number;
  /** At most so many come for one view. */
  readonly view: number;
  /** With more than this, what no view has asked for lately goes. */
  readonly held: number;
  /** Milliseconds that the hand rests before a view is fetched. */
  readonly rest: number;
};

export const windowLimits: WindowLimits = { whole: 20_000, view: 10_000, held: 20_000, rest: 100 };

const retryAfter = 3000;

type WindowParts = {
  readonly session: Session;
  readonly engine: Engine;
  readonly port: SyncPort;
  readonly outbox: Outbox;
  readonly limits: WindowLimits;
};

type Watched = {
  readonly camera: Observable<Camera>;
  readonly inHand: () => Iterable<string>;
  readonly onFailure: (message: string) => void;
};

/** Fetches of a set that is too large to be here whole what the camera sees, and lets the rest go. */
export class SetWindow {
  readonly #parts: WindowParts;
  /** What a person changed here stays: undo goes back over it. */
  readonly #edited = new Set<string>();
  readonly #stop: () => void;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #abort: AbortController | null = null;
  /** At this scale and below there is no room for more than what is seen. */
  #crowdedAt = 0;
  #hasFailed = false;
  #watched: Watched | null = null;
  #disposed = false;

  constructor(parts: WindowParts) {
    this.#parts = parts;
    this.#stop = parts.session.store.subscribe(({ origin, changes }) => {
      if (origin !== 'user') return;
      for (const change of changes) if (change.kind === 'annotation') this.#edited.add(change.id);
    });
  }

  /** Follows the camera; what is `inHand` is never let go. Returns how to stop. */
  watch(camera: Observable<Camera>, inHand: () => Iterable<string>, onFailure: (message: string) => void): () => void {
    const watched = { camera, inHand, onFailure };
    this.#watched = watched;
    const look = () => this.#look(watched);
    const stop = camera.subscribe(look);
    look();
    return () => {
      stop();
      this.#watched = null;
      this.#cancel();
    };
  }

  dispose(): void {
    this.#disposed = true;
    this.#stop();
    this.#cancel();
  }

  #look(watched: Watched): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const { session, limits } = this.#parts;
    if (session.part.value === null || !isWanted(watched.camera.value, session.part.value)) return;
    this.#loadAfter(limits.rest, watched);
  }

  #loadAfter(milliseconds: number, watched: Watched): void {
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#load(watched);
    }, milliseconds);
  }

  async #load(watched: Watched): Promise<void> {
    const { session, engine, port, limits } = this.#parts;
    const camera = watched.camera.value;
    const area = camera.scale <= this.#crowdedAt ? seen(camera) : around(camera);
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    try {
      const view = { area, limit: limits.view, wholeUpTo: limits.whole };
      const bytes = await port.load(session.source.setId, abort.signal, view);
      if (abort.signal.aborted || this.#disposed) return;
      // From here on the worker's scene has it, so it is taken in whatever else is wanted meanwhile.
      const loaded = await engine.addToSet(session.sceneId, bytes);
      if (this.#disposed) return;
      this.#hasFailed = false;
      const isPassed = this.#takeIn(loaded, area, watched.inHand());
      if (this.#watched !== watched || this.#timer !== null) return;
      const { part } = loaded.header;
      const isCrowded = part !== null && part.sent < part.matched && sizeOf(seen(camera)) < sizeOf(area);
      if (isCrowded) this.#crowdedAt = Math.max(this.#crowdedAt, camera.scale);
      if (isCrowded || isPassed) this.#loadAfter(0, watched);
      else this.#look(watched);
    } catch (error) {
      if (abort.signal.aborted || this.#disposed) return;
      if (!this.#hasFailed) watched.onFailure(error instanceof Error ? error.message : String(error));
      this.#hasFailed = true;
      if (this.#timer === null) this.#loadAfter(retryAfter, watched);
    }
  }

  /** Returns whether the answer is older than what is known: it may lack what others changed and was passed over here since. */
  #takeIn(loaded: LoadedSet, area: ImageBox, inHand: Iterable<string>): boolean {
    const { session, outbox } = this.#parts;
    const { part, revision } = loaded.header;
    const count = loaded.records.length;
    const all = { area: whole(session.source.size), total: count, matched: count, sent: count };
    session.takeIn(loaded, part === null ? all : { ...part, area });
    this.#letGo(new Set([...loaded.revisions.keys(), ...inHand]));
    const known = outbox.setOf(session.source.setId).revision ?? 0;
    if (revision > known) outbox.refresh(session.source.setId);
    return revision < known;
  }

  #letGo(wanted: ReadonlySet<string>): void {
    const { session, outbox, limits } = this.#parts;
    const { records } = session.store;
    if (records.size <= limits.held) return;
    const undone = outbox.setOf(session.source.setId).undone;
    const gone = [...records.keys()].filter((id) => !wanted.has(id) && !this.#edited.has(id) && !undone.has(id));
    outbox.setOf(session.source.setId).forget(gone);
    session.store.transact('load', (transaction) => {
      for (const id of gone) transaction.remove(id);
    });
  }

  #cancel(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#abort?.abort();
  }
}

/** The whole image as a box. */
export function whole({ width, height }: Size): ImageBox {
  return { left: 0, top: 0, right: width, bottom: height };
}

/** What the camera sees of the image. */
function seen(camera: Camera): ImageBox {
  return within(camera.visible, camera.image);
}

/** The same, and half a screen more on every side. */
function around({ visible: { left, top, right, bottom }, image }: Camera): ImageBox {
  const [x, y] = [(right - left) / 2, (bottom - top) / 2];
  return within({ left: left - x, top: top - y, right: right + x, bottom: bottom + y }, image);
}

function within({ left, top, right, bottom }: ImageBox, { width, height }: Size): ImageBox {
  return {
    left: Math.max(0, left),
    top: Math.max(0, top),
    right: Math.min(width, right),
    bottom: Math.min(height, bottom),
  };
}

/** Whether the camera sees what is not here: beyond the part, or too small to have come with so large a part. */
function isWanted(camera: Camera, { area, matched, sent }: SetPart): boolean {
  if (!boxesOverlap(camera.visible, whole(camera.image))) return false;
  const { left, top, right, bottom } = seen(camera);
  const isBeyond = left < area.left || top < area.top || right > area.right || bottom > area.bottom;
  return isBeyond || (sent < matched && sizeOf(seen(camera)) < sizeOf(area) / 2);
}

function sizeOf({ left, top, right, bottom }: ImageBox): number {
  return (right - left) * (bottom - top);
}

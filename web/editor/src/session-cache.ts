import type { ImageSource } from './api.ts';
import { closePicture, type Engine } from './render/engine.ts';
import { Session } from './session.ts';
import { SetWindow, type WindowLimits, whole } from './set-window.ts';
import type { Outbox } from './sync/outbox.ts';
import type { SyncPort, ViewRequest } from './sync/port.ts';

const bytesPerPixel = 4;
const mostSessions = 9;
const mostBytes = 768 * 1024 * 1024;

/** A load failed; tells which half. */
export class LoadError extends Error {
  readonly what: 'picture' | 'annotations';

  constructor(what: 'picture' | 'annotations', cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause));
    this.what = what;
  }
}

type Entry = {
  readonly source: ImageSource;
  readonly session: Promise<Session>;
  readonly abort: AbortController;
  loaded: Session | null;
};

/** Images that are open or fetched ahead, the most recently wanted last; older ones go when there are too many. */
export class SessionCache {
  readonly #engine: Engine;
  readonly #port: SyncPort;
  readonly #outbox: Outbox;
  readonly #limits: WindowLimits;
  readonly #entries = new Map<string, Entry>();

  constructor(engine: Engine, port: SyncPort, outbox: Outbox, limits: WindowLimits) {
    this.#limits = limits;
    this.#engine = engine;
    this.#port = port;
    this.#outbox = outbox;
  }

  /**
   * The session of an image, now or when its annotations are loaded; the picture may follow. Rejects with a
   * `LoadError`, and so does its `pictured`; asked again, loads again.
   */
  get(source: ImageSource): Promise<Session> {
    const known = this.#entries.get(source.setId);
    if (known !== undefined) {
      this.#entries.delete(source.setId);
      this.#entries.set(source.setId, known);
      return known.session;
    }
    const abort = new AbortController();
    const session = this.#load(source, abort.signal);
    const entry: Entry = { source, session, abort, loaded: null };
    this.#entries.set(source.setId, entry);
    session.then(
      (loaded) => {
        loaded.pictured.catch(() => {
          if (this.#entries.get(source.setId) === entry) this.#drop(source.setId, entry);
        });
        if (abort.signal.aborted) this.#release(loaded);
        else entry.loaded = loaded;
      },
      () => {
        if (this.#entries.get(source.setId) === entry) this.#entries.delete(source.setId);
      },
    );
    return session;
  }

  /** A session that is there already. */
  peek(setId: string): Session | null {
    return this.#entries.get(setId)?.loaded ?? null;
  }

  /** Lets the oldest go until the rest fits; `kept` stay whatever their size. */
  trim(kept: ReadonlySet<string>): void {
    let bytes = [...this.#entries.values()].reduce((sum, entry) => sum + sizeOf(entry.source), 0);
    for (const [setId, entry] of [...this.#entries]) {
      if (this.#entries.size <= mostSessions && bytes <= mostBytes) return;
      if (kept.has(setId)) continue;
      bytes -= sizeOf(entry.source);
      this.#drop(setId, entry);
    }
  }

  dispose(): void {
    for (const [setId, entry] of this.#entries) this.#drop(setId, entry);
  }

  async #load(source: ImageSource, signal: AbortSignal): Promise<Session> {
    const picture = this.#engine.loadPicture(source.picture).catch((cause: unknown): never => {
      throw new LoadError('picture', cause);
    });
    // Told through the session's `pictured`, which is there once the annotations are.
    picture.catch(() => undefined);
    const [loaded] = await Promise.allSettled([
      this.#port
        .load(source.setId, signal, this.#firstView(source))
        .then((bytes) => this.#engine.loadSet(source.setId, bytes)),
      this.#outbox.recovered,
    ]);
    if (loaded.status === 'rejected') {
      picture.then(closePicture, () => undefined);
      throw new LoadError('annotations', loaded.reason);
    }
    const session = new Session(source, picture, loaded.value, this.#engine, this.#outbox);
    if (session.part.value === null) return session;
    const [engine, port, outbox] = [this.#engine, this.#port, this.#outbox];
    session.window = new SetWindow({ session, engine, port, outbox, limits: this.#limits });
    return session;
  }

  /** Of an image that is too large to be here whole, so may be its set: what is seen of it from afar. */
  #firstView({ isOverview, size }: ImageSource): ViewRequest | null {
    if (isOverview !== true) return null;
    return { area: whole(size), limit: this.#limits.view, wholeUpTo: this.#limits.whole };
  }

  #drop(setId: string, entry: Entry): void {
    this.#entries.delete(setId);
    entry.abort.abort();
    if (entry.loaded !== null) this.#release(entry.loaded);
  }

  #release(session: Session): void {
    const sync = this.#outbox.setOf(session.source.setId);
    if (sync.store === session.store) sync.store = null;
    this.#engine.dropScene(session.sceneId);
    session.dispose();
  }
}

/** Decoded, with a third more for the smaller levels. */
function sizeOf({ size, isOverview }: ImageSource): number {
  if (isOverview === true) return 0;
  return (size.width * size.height * bytesPerPixel * 4) / 3;
}

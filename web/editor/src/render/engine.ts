import type { PictureTone } from '../api.ts';
import type { ImageBox } from '../geometry/spaces.ts';
import type { EditorRecord } from '../model/annotation.ts';
import { assertNever } from '../model/assert-never.ts';
import { compacted } from '../model/compact.ts';
import { unpack } from './packing.ts';
import type {
  FromPictureWorker,
  FromWorker,
  LayerView,
  PixelRect,
  SceneChange,
  SceneStyle,
  SetHeader,
  ToPictureWorker,
  ToWorker,
} from './protocol.ts';
import type { TileLook } from './tile-store.ts';

/** The decoded picture, full size first, then each half of the one before. */
export type Picture = { readonly levels: readonly ImageBitmap[] };

export function closePicture({ levels }: Picture): void {
  for (const level of levels) level.close();
}

export type LoadedSet = {
  readonly header: SetHeader;
  readonly records: readonly EditorRecord[];
  /** Revision of each annotation by id. */
  readonly revisions: ReadonlyMap<string, number>;
};

/** A drawing that the worker has finished; `bitmap` is null when there is nothing to draw. */
export type Layer = {
  readonly request: number;
  readonly version: number;
  readonly view: LayerView;
  readonly rect: PixelRect | null;
  readonly bitmap: ImageBitmap | null;
  readonly milliseconds: number;
};

/** Parsing, decoding and drawing away from the main thread. */
export interface Engine {
  loadPicture(source: string | Blob): Promise<Picture>;
  /** A level of a picture with other pixels; the level itself stays. */
  tone(level: ImageBitmap, tone: PictureTone): Promise<ImageBitmap>;
  /** One tile of a picture; rejects when `signal` is given before it has come. */
  loadTile(url: string, look: TileLook, signal: AbortSignal): Promise<ImageBitmap>;
  /** Makes the scene of a set; `bytes` are used up. */
  loadSet(scene: string, bytes: ArrayBuffer): Promise<LoadedSet>;
  /** Adds what came of a part of a set to its scene. */
  addToSet(scene: string, bytes: ArrayBuffer): Promise<LoadedSet>;
  /** Returns the version from which on layers show the change. */
  change(scene: string, changes: readonly SceneChange[]): number;
  setStyle(scene: string, style: SceneStyle): number;
  dropScene(scene: string): void;
  /**
   * Draws a scene, as soon as it is loaded; with `part` only that part of the image, over the last layer of this view.
   * The layer carries the `request`.
   */
  draw(request: number, scene: string, view: LayerView, part: ImageBox | null): void;
  onLayer(listener: (layer: Layer) => void): void;
  dispose(): void;
}

type Pending = {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
  readonly records: EditorRecord[];
  readonly revisions: Map<string, number>;
};

type Workers = { readonly drawing: Worker; readonly pictures: Worker };

let started: Workers | null = null;

/** Starts the workers of the next engine ahead: they take some 50 ms to be there. */
export function startWorkers(): void {
  started ??= {
    drawing: new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
    pictures: new Worker(new URL('./picture-worker.ts', import.meta.url), { type: 'module' }),
  };
}

function takeWorkers(): Workers {
  startWorkers();
  const workers = started;
  started = null;
  if (workers === null) throw new Error('The workers were not started.');
  return workers;
}

/** The engine of the product: a web worker that draws and one that decodes. */
export class WorkerEngine implements Engine {
  readonly #worker: Worker;
  readonly #pictures: Worker;
  readonly #pending = new Map<number, Pending>();
  #listener: (layer: Layer) => void = (layer) => layer.bitmap?.close();
  #requests = 0;
  #version = 0;

  constructor() {
    const { drawing, pictures } = takeWorkers();
    this.#worker = drawing;
    this.#pictures = pictures;
    this.#worker.onmessage = (event: MessageEvent<FromWorker>) => this.#receive(event.data);
    this.#pictures.onmessage = (event: MessageEvent<FromPictureWorker>) => this.#receive(event.data);
    this.#pictures.onerror = (event) => this.#failAll(event.message || 'The decoding worker stopped.');
    this.#worker.onerror = (event) => this.#failAll(event.message || 'The drawing worker stopped.');
  }

  loadPicture(source: string | Blob): Promise<Picture> {
    const absolute = typeof source === 'string' ? new URL(source, location.href).href : source;
    return this.#ask((request) => {
      const message: ToPictureWorker = { type: 'decode', request, source: absolute };
      this.#pictures.postMessage(message);
    });
  }

  tone(level: ImageBitmap, tone: PictureTone): Promise<ImageBitmap> {
    return this.#ask((request) => {
      const message: ToPictureWorker = { type: 'tone', request, level, tone };
      this.#pictures.postMessage(message);
    });
  }

  loadTile(url: string, look: TileLook, signal: AbortSignal): Promise<ImageBitmap> {
    const source = new URL(url, location.href).href;
    return this.#ask((request) => {
      const message: ToPictureWorker = { type: 'tile', request, source, look };
      this.#pictures.postMessage(message);
      const drop: ToPictureWorker = { type: 'drop', request };
      signal.addEventListener('abort', () => this.#pictures.postMessage(drop), { once: true });
    });
  }

  loadSet(scene: string, bytes: ArrayBuffer): Promise<LoadedSet> {
    return this.#ask((request) => this.#post({ type: 'loadSet', request, scene, bytes, adds: false }, [bytes]));
  }

  addToSet(scene: string, bytes: ArrayBuffer): Promise<LoadedSet> {
    return this.#ask((request) => this.#post({ type: 'loadSet', request, scene, bytes, adds: true }, [bytes]));
  }

  change(scene: string, changes: readonly SceneChange[]): number {
    const version = ++this.#version;
    this.#post({ type: 'change', scene, version, changes: compacted(changes) });
    return version;
  }

  setStyle(scene: string, style: SceneStyle): number {
    const version = ++this.#version;
    this.#post({ type: 'style', scene, version, style });
    return version;
  }

  dropScene(scene: string): void {
    this.#post({ type: 'drop', scene });
  }

  draw(request: number, scene: string, view: LayerView, part: ImageBox | null): void {
    this.#post({ type: 'draw', request, scene, view, part });
  }

  onLayer(listener: (layer: Layer) => void): void {
    this.#listener = listener;
  }

  dispose(): void {
    this.#worker.terminate();
    this.#pictures.terminate();
    this.#failAll('The editor was closed.');
  }

  #receive(message: FromWorker | FromPictureWorker): void {
    switch (message.type) {
      case 'layer':
        this.#listener(message);
        return;
      case 'records': {
        const pending = this.#pending.get(message.request);
        for (const { record, revision } of unpack(message.packed)) {
          pending?.records.push(record);
          pending?.revisions.set(record.id, revision);
        }
        return;
      }
      case 'set': {
        const pending = this.#take(message.request);
        const { records = [], revisions = new Map() } = pending ?? {};
        pending?.resolve({ header: message.header, records, revisions } as never);
        return;
      }
      case 'picture':
        this.#take(message.request)?.resolve({ levels: message.levels } as never);
        return;
      case 'toned':
      case 'tile':
        this.#take(message.request)?.resolve(message.bitmap as never);
        return;
      case 'failed':
        this.#take(message.request)?.reject(new Error(message.message));
        return;
      default:
        assertNever(message);
    }
  }

  #ask<T>(post: (request: number) => void): Promise<T> {
    const request = ++this.#requests;
    return new Promise<T>((resolve, reject) => {
      this.#pending.set(request, { resolve, reject, records: [], revisions: new Map() });
      post(request);
    });
  }

  #take(request: number): Pending | undefined {
    const pending = this.#pending.get(request);
    this.#pending.delete(request);
    return pending;
  }

  #failAll(message: string): void {
    for (const pending of this.#pending.values()) pending.reject(new Error(message));
    this.#pending.clear();
  }

  #post(message: ToWorker, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer);
  }
}

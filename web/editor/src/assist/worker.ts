/// <reference lib="webworker" />
import type { Size } from '../geometry/spaces.ts';
import { assertNever } from '../model/assert-never.ts';
import { addressOf } from '../render/tile-grid.ts';
import type { OpenPicture } from './assist.ts';
import { Assistant } from './assistant.ts';
import { CanvasPicture } from './canvas-picture.ts';
import type { FromAssistWorker, ToAssistWorker } from './protocol.ts';
import type { Raster } from './raster.ts';
import { TiledPicture } from './tiled-picture.ts';
import { warmUp } from './warming-up.ts';

/** All that is heavy in assistance, for one picture at a time. */
const port = self as unknown as DedicatedWorkerGlobalScope;
let opened: {
  readonly id: number;
  readonly picture: Promise<CanvasPicture | TiledPicture>;
  assistant: Assistant | null;
} | null = null;
let isWarm = false;
let last: Promise<void> = Promise.resolve();

port.onmessage = ({ data: message }: MessageEvent<ToAssistWorker>) => {
  switch (message.type) {
    case 'open':
      close();
      opened = { id: message.picture, picture: decoded(message.source, message.size), assistant: null };
      // Told to whoever asks about it.
      opened.picture.catch(() => undefined);
      if (!isWarm) warmUp();
      isWarm = true;
      return;
    case 'close':
      close();
      return;
    case 'ask':
      last = last.then(() => answer(message));
      return;
    default:
      assertNever(message);
  }
};

async function answer({ request, picture, kind, content }: Extract<ToAssistWorker, { type: 'ask' }>): Promise<void> {
  try {
    if (opened === null || opened.id !== picture) throw new Error('The picture was closed.');
    const open = opened;
    const readable = await open.picture;
    const assistant = open.assistant ?? new Assistant(readable);
    open.assistant = assistant;
    const started = performance.now();
    const found = await readable.whenRead(() => assistant.answer(kind, content));
    const milliseconds = performance.now() - started;
    const buffers = Object.values(found).flatMap((value) => (ArrayBuffer.isView(value) ? [value.buffer] : []));
    post({ type: 'answer', request, content: found, milliseconds }, buffers);
  } catch (error) {
    post({ type: 'failed', request, message: error instanceof Error ? error.message : String(error) }, []);
  }
}

/** The same bytes are decoded here again: a copy of the pixels would hold up the page. */
async function decoded(source: OpenPicture['source'], size: Size): Promise<CanvasPicture | TiledPicture> {
  if (typeof source !== 'string' && !(source instanceof Blob)) {
    return new TiledPicture(source, size, (place) => rasterOf(addressOf(source, place)));
  }
  const blob = typeof source === 'string' ? await fetched(source) : source;
  return new CanvasPicture(await createImageBitmap(blob), size);
}

/** One tile's pixels. */
async function rasterOf(url: string): Promise<Raster> {
  const tile = await createImageBitmap(await fetched(url));
  const picture = new CanvasPicture(tile, tile);
  const raster = picture.read({ x: 0, y: 0, width: tile.width, height: tile.height, sx: 1, sy: 1 });
  picture.close();
  return raster;
}

async function fetched(url: string): Promise<Blob> {
  const response = await fetch(url, { credentials: 'same-origin', cache: 'force-cache' });
  if (!response.ok) throw new Error(`The picture could not be fetched (${response.status}).`);
  return await response.blob();
}

function close(): void {
  opened?.picture.then(
    (picture) => picture.close(),
    () => undefined,
  );
  opened = null;
}

function post(message: FromAssistWorker, transfer: Transferable[]): void {
  port.postMessage(message, transfer);
}

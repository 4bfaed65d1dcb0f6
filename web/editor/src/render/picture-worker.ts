/// <reference lib="webworker" />
import { loadLevels, loadTile, toned } from './levels.ts';
import type { FromPictureWorker, ToPictureWorker } from './protocol.ts';

/** Decodes pictures. Apart from the drawing worker, which would stand still while a large picture is halved. */
const port = self as unknown as DedicatedWorkerGlobalScope;

/** Tiles on their way, by request. */
const tiles = new Map<number, AbortController>();

port.onmessage = async (event: MessageEvent<ToPictureWorker>) => {
  const message = event.data;
  const { request } = message;
  if (message.type === 'drop') {
    tiles.get(request)?.abort();
    return;
  }
  try {
    if (message.type === 'decode') {
      const levels = await loadLevels(message.source);
      post({ type: 'picture', request, levels }, [...levels]);
    } else if (message.type === 'tile') {
      const abort = new AbortController();
      tiles.set(request, abort);
      const bitmap = await loadTile(message.source, message.look, abort.signal);
      post({ type: 'tile', request, bitmap }, [bitmap]);
    } else {
      const bitmap = toned(message.level, message.tone);
      post({ type: 'toned', request, bitmap }, [bitmap]);
    }
  } catch (error) {
    post({ type: 'failed', request, message: error instanceof Error ? error.message : String(error) }, []);
  } finally {
    tiles.delete(request);
  }
};

function post(message: FromPictureWorker, transfer: Transferable[]): void {
  port.postMessage(message, transfer);
}

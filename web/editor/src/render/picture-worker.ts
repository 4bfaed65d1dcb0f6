/// <reference lib="webworker" />
import { loadLevels, toned } from './levels.ts';
import type { FromPictureWorker, ToPictureWorker } from './protocol.ts';

/** Decodes pictures. Apart from the drawing worker, which would stand still while a large picture is halved. */
const port = self as unknown as DedicatedWorkerGlobalScope;

port.onmessage = async (event: MessageEvent<ToPictureWorker>) => {
  const message = event.data;
  const { request } = message;
  try {
    if (message.type === 'decode') {
      const levels = await loadLevels(message.source);
      post({ type: 'picture', request, levels }, [...levels]);
    } else {
      const bitmap = toned(message.level, message.tone);
      post({ type: 'toned', request, bitmap }, [bitmap]);
    }
  } catch (error) {
    post({ type: 'failed', request, message: error instanceof Error ? error.message : String(error) }, []);
  }
};

function post(message: FromPictureWorker, transfer: Transferable[]): void {
  port.postMessage(message, transfer);
}

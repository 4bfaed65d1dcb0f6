/// <reference lib="webworker" />
import { loadLevels } from './levels.ts';
import type { FromPictureWorker, ToPictureWorker } from './protocol.ts';

/** Decodes pictures. Apart from the drawing worker, which would stand still while a large picture is halved. */
const port = self as unknown as DedicatedWorkerGlobalScope;

port.onmessage = async (event: MessageEvent<ToPictureWorker>) => {
  const { request, source } = event.data;
  try {
    const levels = await loadLevels(source);
    post({ type: 'picture', request, levels }, [...levels]);
  } catch (error) {
    post({ type: 'failed', request, message: error instanceof Error ? error.message : String(error) }, []);
  }
};

function post(message: FromPictureWorker, transfer: Transferable[]): void {
  port.postMessage(message, transfer);
}

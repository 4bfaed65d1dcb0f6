import { ApiError, problemOf, unreachable } from '../../api/api-error.ts';
import { api } from '../../api/client.ts';
import type { Job, Upload, UploadIntent, UploadStatus } from '../../api/types.ts';
import { PartHasher } from './part-hasher.ts';

export interface UploadRequest {
  readonly files: readonly { readonly path: string; readonly size: number }[];
  readonly intent: UploadIntent;
  readonly format: string | null;
}
export interface PartDelivery {
  readonly uploadId: string;
  readonly index: number;
  readonly part: Blob;
  readonly sha256: string;
  readonly onSent: (bytes: number) => void;
  readonly signal: AbortSignal;
}

/** What an upload needs from the world; tests give it a world that breaks. */
export interface UploadPorts {
  create(projectId: string, request: UploadRequest): Promise<Upload>;
  status(uploadId: string): Promise<UploadStatus>;
  put(delivery: PartDelivery): Promise<void>;
  complete(uploadId: string): Promise<Job>;
  hash(part: Blob): Promise<string>;
  /** Waits so long, or less when the connection comes back first. */
  pause(milliseconds: number, signal: AbortSignal): Promise<void>;
}

let hasher: PartHasher | null = null;

export const uploadPorts: UploadPorts = {
  create: (projectId, request) => api.post(`/projects/${projectId}/uploads`, request),
  status: (uploadId) => api.get(`/uploads/${uploadId}`),
  put: putPart,
  complete: (uploadId) => api.post(`/uploads/${uploadId}/complete`, {}),
  hash: (part) => {
    hasher ??= new PartHasher();
    return hasher.hash(part);
  },
  pause: (milliseconds, signal) =>
    new Promise((done) => {
      const over = () => {
        clearTimeout(timer);
        removeEventListener('online', over);
        signal.removeEventListener('abort', over);
        done();
      };
      const timer = setTimeout(over, milliseconds);
      addEventListener('online', over);
      signal.addEventListener('abort', over);
    }),
};

async function putPart(delivery: PartDelivery): Promise<void> {
  try {
    await sendPart(delivery, await api.antiForgeryToken());
  } catch (error) {
    if (!(error instanceof ApiError) || error.problem !== 'anti-forgery') throw error;
    // Signed in again meanwhile: the token of the session before counts no more.
    api.forgetAntiForgery();
    await sendPart(delivery, await api.antiForgeryToken());
  }
}

/** XMLHttpRequest, because `fetch` does not tell how many bytes have left. */
function sendPart({ uploadId, index, part, sha256, onSent, signal }: PartDelivery, token: string): Promise<void> {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    request.open('PUT', `/api/uploads/${uploadId}/parts/${index}`);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('X-Content-SHA256', sha256);
    request.setRequestHeader('X-CSRF-TOKEN', token);
    request.timeout = 10 * 60_000;
    request.upload.addEventListener('progress', (event) => onSent(event.loaded));
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) return done();
      const header = (name: string) => request.getResponseHeader(name);
      fail(problemOf(request.status, header('Content-Type'), request.responseText, header('Retry-After')));
    });
    request.addEventListener('error', () => fail(unreachable()));
    request.addEventListener('timeout', () => fail(unreachable()));
    request.addEventListener('abort', () => fail(new DOMException('Upload cancelled', 'AbortError')));
    request.addEventListener('loadend', () => signal.removeEventListener('abort', abort));
    signal.addEventListener('abort', abort);
    request.send(part);
  });
}

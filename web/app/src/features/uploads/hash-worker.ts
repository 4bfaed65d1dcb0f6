import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

export interface HashRequest {
  readonly id: number;
  readonly part: Blob;
}
export type HashAnswer = { readonly id: number } & (
  | { readonly kind: 'hash'; readonly hex: string }
  | { readonly kind: 'unreadable'; readonly message: string }
);

const worker = self as unknown as DedicatedWorkerGlobalScope;

worker.addEventListener('message', async ({ data }: MessageEvent<HashRequest>) => {
  worker.postMessage(await answer(data));
});

async function answer({ id, part }: HashRequest): Promise<HashAnswer> {
  try {
    return { id, kind: 'hash', hex: bytesToHex(await digest(await part.arrayBuffer())) };
  } catch (error) {
    return { id, kind: 'unreadable', message: error instanceof Error ? error.message : String(error) };
  }
}

/** The browser's own SHA-256 is faster, but only there in a secure context; plain HTTP on a LAN is none. */
async function digest(bytes: ArrayBuffer): Promise<Uint8Array> {
  return crypto.subtle === undefined
    ? sha256(new Uint8Array(bytes))
    : new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { PickedFile } from './picked-files.ts';

/** Bytes [start, end) of the concatenated files. */
export interface PartRange {
  readonly index: number;
  readonly start: number;
  readonly end: number;
}

/** Cuts `bytes` into parts of `partSize`; the last is shorter, and there is none when there are no bytes. */
export function partsOf(bytes: number, partSize: number): readonly PartRange[] {
  return Array.from({ length: Math.ceil(bytes / partSize) }, (_, index) => ({
    index,
    start: index * partSize,
    end: Math.min(bytes, (index + 1) * partSize),
  }));
}

/** What the server does not have yet, in order. */
export function missingParts(parts: readonly PartRange[], received: readonly number[]): readonly PartRange[] {
  const there = new Set(received);
  return parts.filter(({ index }) => !there.has(index));
}

/** Tells whether somebody chose the same files again: same paths, sizes and times of change, in order. */
export function fingerprintOf(files: readonly PickedFile[]): string {
  const lines = files.map(({ path, file }) => `${path}\0${file.size}\0${file.lastModified}`);
  return bytesToHex(sha256(utf8ToBytes(lines.join('\n'))));
}

/** Milliseconds before try number `attempt` (from 1): doubling from one second to thirty, spread by `random` in [0, 1). */
export function retryDelayMs(attempt: number, random: number): number {
  return Math.min(30_000, 1_000 * 2 ** (attempt - 1)) * (0.75 + random / 2);
}

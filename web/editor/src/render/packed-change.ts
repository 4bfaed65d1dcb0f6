import type { SceneChange } from './protocol.ts';

/** Masks of fewer runs are cloned with their record. */
const largeMask = 1000;

/** A change on its way to the worker; the runs of a large mask apart, to be transferred: cloning them takes far longer. */
export type PackedChange = SceneChange & { readonly runs: Int32Array<ArrayBuffer> | null };

export function packChange({ id, record }: SceneChange): PackedChange {
  if (record === null || record.shape.kind !== 'mask' || record.shape.runs.length < largeMask)
    return { id, record, runs: null };
  return { id, record: { ...record, shape: { ...record.shape, runs: [] } }, runs: new Int32Array(record.shape.runs) };
}

export function unpackChange({ id, record, runs }: PackedChange): SceneChange {
  if (record === null || record.shape.kind !== 'mask' || runs === null) return { id, record };
  return { id, record: { ...record, shape: { ...record.shape, runs: Array.from(runs) } } };
}

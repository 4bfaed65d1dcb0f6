import { difference } from '../masks/algebra.ts';
import { tight } from '../masks/runs.ts';
import type { EditorRecord, MaskShape } from '../model/annotation.ts';
import { invert, type StoreChange } from './changes.ts';

/** A change as history keeps it: of a mask whose pixels changed, only those that did, not the mask twice. */
export type KeptChange = StoreChange | MaskPatch;

type MaskPatch = {
  readonly kind: 'maskPatch';
  readonly id: string;
  /** The records with a mask that does not count. */
  readonly before: EditorRecord;
  readonly after: EditorRecord;
  /** What is in exactly one of both masks. */
  readonly pixels: MaskShape;
};

const noMask: MaskShape = { kind: 'mask', x: 0, y: 0, width: 0, height: 0, runs: [] };

export function kept(change: StoreChange): KeptChange {
  if (change.kind !== 'annotation' || change.before === null || change.after === null) return change;
  const { id, before, after } = change;
  if (before.shape.kind !== 'mask' || after.shape.kind !== 'mask') return change;
  // Only of masks in their one tight form is the other side known to the last run.
  if (tight(before.shape) !== before.shape || tight(after.shape) !== after.shape) return change;
  const pixels = difference(before.shape, after.shape);
  if (pixels === null || 2 * pixels.runs.length > before.shape.runs.length) return change;
  return { kind: 'maskPatch', id, before: { ...before, shape: noMask }, after: { ...after, shape: noMask }, pixels };
}

/** The change that a step makes when it is taken back or made again; null where the mask is not as it was left. */
export function replayed(change: KeptChange, back: boolean, current: EditorRecord | undefined): StoreChange | null {
  if (change.kind !== 'maskPatch') return back ? invert(change) : change;
  if (current?.shape.kind !== 'mask') return null;
  const shape = difference(current.shape, change.pixels);
  if (shape === null) return null;
  const next = back ? change.before : change.after;
  return { kind: 'annotation', id: change.id, before: current, after: { ...next, shape } };
}

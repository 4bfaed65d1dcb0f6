import type { ImagePoint } from '../geometry/spaces.ts';
import { common, overlaps, unionOf, without } from '../masks/algebra.ts';
import { hasPixel } from '../masks/runs.ts';
import type { EditorRecord, MaskShape } from '../model/annotation.ts';
import type { MaskRecord, ToolContext, ToolPointer } from './tool.ts';

/** What is painted on: a mask that there is, or a new one of a class. */
export type PaintTarget = { readonly record: MaskRecord | null; readonly classId: string };

/** What a tool works on: see `addingTarget`; to erase, the selected mask or the topmost one under the pointer. */
export function paintTarget(context: ToolContext, pointer: ToolPointer, erases: boolean): PaintTarget | null {
  if (!erases || context.readOnly) return addingTarget(context);
  const record = selectedMask(context) ?? maskAt(context, pointer.image);
  if (record !== undefined) return unlessLocked(context, record);
  context.notify('Select the mask to erase from.');
  return null;
}

/**
 * The selected mask; otherwise the class in hand's, where a class has one, or a new one. Null, and a notice to the person,
 * when nothing can be painted.
 */
export function addingTarget(context: ToolContext): PaintTarget | null {
  const selected = selectedMask(context);
  if (selected !== undefined && !context.readOnly && missingMasks(context) === null)
    return unlessLocked(context, selected);
  const classId = context.classFor('mask');
  if (classId === null) return null;
  const missing = missingMasks(context);
  if (missing !== null) {
    context.notify(missing);
    return null;
  }
  context.select([]);
  const isShared = context.drawing.maskRule === 'onePerClass';
  const area = isShared ? context.masks().find((mask) => mask.classId === classId) : undefined;
  return area === undefined ? { record: null, classId } : unlessLocked(context, area);
}

/** Why pixels cannot be taken from other masks, or given to that of the class: not all are here. Null = they can. */
function missingMasks({ part, drawing }: ToolContext): string | null {
  if (part === null || drawing.maskRule === 'overlap') return null;
  if (drawing.maskRule === 'onePerClass')
    return 'This image has more objects than are loaded, so the mask of the class may be missing. Let masks overlap, or have one object a pixel.';
  if (part.sent === part.matched) return null;
  return 'Not all objects in view are loaded, so masks may be missing. Zoom in first, or let masks overlap.';
}

/** Whether all masks that may have to give up pixels of the region are here. */
function isCovered({ part, drawing }: ToolContext, { x, y, width, height }: MaskShape): boolean {
  if (part === null || drawing.maskRule === 'overlap') return true;
  const { left, top, right, bottom } = part.area;
  return x >= left && y >= top && x + width <= right && y + height <= bottom;
}

function unlessLocked(context: ToolContext, record: MaskRecord): PaintTarget | null {
  if (!context.isLocked(record)) return { record, classId: record.classId };
  context.notify('This mask is locked.');
  return null;
}

/**
 * Adds the region to the mask, or takes it off, as one step of undo. Where masks must not overlap, what is added is taken
 * from the others, but never from a locked one. Selects the mask, so that the next stroke goes on with it; where a class
 * has one only, that needs no selection, and the keys of classes choose what is painted next.
 */
export function paintRegion(
  context: ToolContext,
  { record: begun, classId }: PaintTarget,
  region: MaskShape | null,
  erases: boolean,
  label: string,
): void {
  // Somebody else may have changed or deleted it since the stroke began.
  const record = begun && (context.masks().find(({ id }) => id === begun.id) ?? null);
  if (begun !== null && record === null) {
    context.notify('This mask was deleted meanwhile.');
    return;
  }
  if (!erases && region !== null && !isCovered(context, region)) {
    context.notify('Not painted: it reaches to where the objects are not loaded yet.');
    return;
  }
  const others =
    erases || context.drawing.maskRule === 'overlap' ? [] : context.masks().filter(({ id }) => id !== record?.id);
  const added = region === null ? null : unlocked(context, others, region);
  if (added === null) return;
  const painted = record === null ? context.newRecord(added, classId) : repainted(context, record, added, erases);
  context.commit(label, (transaction) => {
    const emptied: string[] = [];
    if (painted !== null) transaction.put(painted);
    else if (record !== null) emptied.push(record.id);
    for (const other of others) {
      if (context.isLocked(other) || common(other.shape, added) === null) continue;
      const rest = without(other.shape, added);
      if (rest === null) emptied.push(other.id);
      else transaction.put(context.reshaped(other, rest));
    }
    if (emptied.length > 0) context.remove(transaction, emptied);
  });
  if (painted !== null && context.drawing.maskRule !== 'onePerClass') context.select([painted.id]);
}

function unlocked(context: ToolContext, others: readonly MaskRecord[], region: MaskShape): MaskShape | null {
  const kept = others.filter((other) => context.isLocked(other) && overlaps(other.shape, region));
  const taken = unionOf(kept.map(({ shape }) => shape));
  return taken === null ? region : without(region, taken);
}

/** The same record where nothing changes; null where nothing is left. */
function repainted(context: ToolContext, record: MaskRecord, region: MaskShape, erases: boolean): EditorRecord | null {
  const { shape } = record;
  if (erases ? common(shape, region) === null : without(region, shape) === null) return record;
  const next = erases ? without(shape, region) : unionOf([shape, region]);
  return next && context.reshaped(record, next);
}

function selectedMask(context: ToolContext): MaskRecord | undefined {
  const [id, ...others] = context.selection;
  return others.length > 0 ? undefined : context.masks().find((mask) => mask.id === id);
}

/** The topmost mask that a click can reach. */
function maskAt(context: ToolContext, { x, y }: ImagePoint): MaskRecord | undefined {
  const reachable = new Set(context.within({ left: x, top: y, right: x, bottom: y }).map(({ id }) => id));
  return context
    .masks()
    .findLast(({ id, shape }) => reachable.has(id) && hasPixel(shape, Math.floor(x), Math.floor(y)));
}

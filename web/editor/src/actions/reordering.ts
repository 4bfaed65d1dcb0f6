import { boundsOf } from '../geometry/outline.ts';
import type { ImageBox } from '../geometry/spaces.ts';
import type { EditorRecord } from '../model/annotation.ts';
import { compareOrder } from '../render/scene.ts';

export type Reordering = 'front' | 'forward' | 'backward' | 'back';

/**
 * The records that get another `z`, so that `ids` come to lie elsewhere. Front and back are of the whole image; forward
 * and backward step over the next object that overlaps, and only overlapping objects are renumbered.
 * @param sorted all records, bottom to top
 */
export function reordered(
  sorted: readonly EditorRecord[],
  ids: ReadonlySet<string>,
  where: Reordering,
): readonly EditorRecord[] {
  const moving = sorted.filter(({ id }) => ids.has(id));
  const staying = sorted.filter(({ id }) => !ids.has(id));
  if (moving.length === 0 || staying.length === 0) return [];
  switch (where) {
    case 'front': {
      const top = (staying.at(-1)?.z ?? 0) + 1;
      return moving.map((record) => ({ ...record, z: top }));
    }
    case 'back': {
      const bottom = (staying[0]?.z ?? 0) - 1;
      return moving.map((record) => ({ ...record, z: bottom }));
    }
    case 'forward':
      return stepped(moving, staying, 1);
    case 'backward':
      return stepped(moving, staying, -1);
  }
}

function stepped(
  moving: readonly EditorRecord[],
  staying: readonly EditorRecord[],
  direction: 1 | -1,
): readonly EditorRecord[] {
  const boxes = moving.map(({ shape }) => boundsOf(shape));
  const around = staying.filter(({ shape }) => boxes.some((box) => overlapping(box, boundsOf(shape))));
  const edge = direction === 1 ? moving.at(-1) : moving[0];
  const isBeyond = (record: EditorRecord) => edge !== undefined && direction * compareOrder(record, edge) > 0;
  const next = direction === 1 ? around.find(isBeyond) : around.findLast(isBeyond);
  if (next === undefined) return [];
  const place = around.indexOf(next) + (direction === 1 ? 1 : 0);
  return renumbered([...around.slice(0, place), ...moving, ...around.slice(place)]);
}

/** Raises `z` where the wished order asks for it; returns what changed. */
function renumbered(order: readonly EditorRecord[]): readonly EditorRecord[] {
  const changed: EditorRecord[] = [];
  let below: EditorRecord | null = null;
  for (const record of order) {
    let placed = record;
    if (below !== null && compareOrder(below, record) >= 0) {
      placed = { ...record, z: below.id < record.id ? below.z : below.z + 1 };
      changed.push(placed);
    }
    below = placed;
  }
  return changed;
}

function overlapping(a: ImageBox | null, b: ImageBox | null): boolean {
  if (a === null || b === null) return false;
  return a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
}

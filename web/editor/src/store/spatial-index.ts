import Flatbush from 'flatbush';
import { boxesOverlap, type ImageBox } from '../geometry/spaces.ts';

const overlayLimit = 1000;
/** A tree of more is built ahead, where nobody waits for it; of fewer when it is first searched. */
const lazyLimit = 10_000;

/**
 * Which objects are in a box: a packed R-tree of what was there at the last build, and a list of what
 * changed since, which is searched one by one and folded in when it has grown to a thousand.
 */
export class SpatialIndex {
  #ids: readonly string[] = [];
  #boxes: Float64Array = new Float64Array(0);
  #tree: Flatbush | null = null;
  /** Box by id of what changed since the tree was built; null = gone. */
  readonly #changed = new Map<string, ImageBox | null>();

  /** Replaces everything. `boxes` holds left, top, right, bottom for each id. */
  reset(ids: readonly string[], boxes: Float64Array): void {
    this.#ids = ids;
    this.#boxes = boxes;
    this.#changed.clear();
    this.#tree = null;
    if (ids.length > lazyLimit) this.#build();
  }

  /** As `reset`, with the tree that was built elsewhere from the same ids and boxes (`serialized`), if it was. */
  adopt(ids: readonly string[], boxes: Float64Array, tree: ArrayBuffer | null): void {
    this.#ids = ids;
    this.#boxes = boxes;
    this.#changed.clear();
    this.#tree = tree === null ? null : Flatbush.from(tree);
  }

  /** A copy of the tree for `adopt`; null when it is not built yet. */
  serialized(): ArrayBuffer | null {
    return this.#tree === null ? null : (this.#tree.data.slice(0) as ArrayBuffer);
  }

  /** Puts objects elsewhere; null takes one out. */
  set(boxes: Iterable<readonly [string, ImageBox | null]>): void {
    for (const [id, box] of boxes) this.#changed.set(id, box);
    if (this.#changed.size > overlayLimit) this.#fold();
  }

  /** Ids of all objects whose box touches this one, in no particular order. */
  search(box: ImageBox): string[] {
    const found: string[] = [];
    if (this.#tree === null && this.#ids.length > 0) this.#build();
    for (const i of this.#tree?.search(box.left, box.top, box.right, box.bottom) ?? []) {
      const id = this.#ids[i];
      if (id !== undefined && !this.#changed.has(id)) found.push(id);
    }
    for (const [id, other] of this.#changed) {
      if (other !== null && boxesOverlap(other, box)) found.push(id);
    }
    return found;
  }

  #build(): void {
    const tree = new Flatbush(this.#ids.length);
    for (let i = 0; i < this.#ids.length; i++)
      tree.add(this.#edge(i, 0), this.#edge(i, 1), this.#edge(i, 2), this.#edge(i, 3));
    tree.finish();
    this.#tree = tree;
  }

  #fold(): void {
    const ids: string[] = [];
    const boxes: number[] = [];
    this.#ids.forEach((id, i) => {
      if (this.#changed.has(id)) return;
      ids.push(id);
      boxes.push(this.#edge(i, 0), this.#edge(i, 1), this.#edge(i, 2), this.#edge(i, 3));
    });
    for (const [id, box] of this.#changed) {
      if (box === null) continue;
      ids.push(id);
      boxes.push(box.left, box.top, box.right, box.bottom);
    }
    this.reset(ids, new Float64Array(boxes));
  }

  #edge(item: number, side: number): number {
    return this.#boxes[4 * item + side] ?? 0;
  }
}

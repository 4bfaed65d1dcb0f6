import { boundsOf, union } from '../geometry/outline.ts';
import type { ImageBox } from '../geometry/spaces.ts';
import type { EditorRecord } from '../model/annotation.ts';
import { SpatialIndex } from '../store/spatial-index.ts';
import type { SceneChange, SceneStyle, SetHeader } from './protocol.ts';

/** An annotation that has a place in the image, as the painter wants it. */
export type SceneItem = {
  readonly record: EditorRecord;
  readonly box: ImageBox;
  /** Place in the drawing order, bottom first. */
  rank: number;
};

export type SceneContent = Pick<SetHeader, 'ids' | 'boxes' | 'tree'>;

/** The worker's copy of one annotation set, indexed for drawing. */
export class Scene {
  readonly #items = new Map<string, SceneItem>();
  readonly #index = new SpatialIndex();
  /** Around everything that was loaded; null once something has changed. */
  #extent: ImageBox | null = null;
  #ranked = false;
  #loaded = false;
  style: SceneStyle | null = null;
  version = 0;

  get isLoaded(): boolean {
    return this.#loaded;
  }

  /** Replaces everything; returns what the main thread needs to have the same index. */
  load(records: readonly EditorRecord[]): SceneContent {
    this.#items.clear();
    for (const record of records) {
      const box = boundsOf(record.shape);
      if (box !== null) this.#items.set(record.id, { record, box, rank: 0 });
    }
    this.#ranked = false;
    const ids = [...this.#items.keys()];
    const boxes = new Float64Array(4 * ids.length);
    let at = 0;
    for (const { box } of this.#items.values()) {
      boxes[at++] = box.left;
      boxes[at++] = box.top;
      boxes[at++] = box.right;
      boxes[at++] = box.bottom;
    }
    this.#index.reset(ids, boxes);
    this.#extent = union([...this.#items.values()].map(({ box }) => box));
    this.#loaded = true;
    return { ids, boxes, tree: this.#index.serialized() };
  }

  /** Puts records beside those that are there, or in the place of those with their ids. */
  add(records: readonly EditorRecord[]): SceneContent {
    this.change(records.map((record) => ({ id: record.id, record })));
    return { ids: [], boxes: new Float64Array(0), tree: null };
  }

  change(changes: readonly SceneChange[]): void {
    this.#extent = null;
    const boxes: [string, ImageBox | null][] = [];
    for (const { id, record } of changes) {
      const box = record === null ? null : boundsOf(record.shape);
      const old = this.#items.get(id);
      if (record === null || box === null) this.#items.delete(id);
      else {
        const keepsRank = old !== undefined && old.record.z === record.z;
        this.#items.set(id, { record, box, rank: keepsRank ? old.rank : 0 });
        if (!keepsRank) this.#ranked = false;
      }
      boxes.push([id, box]);
    }
    this.#index.set(boxes);
  }

  /** What touches the box, bottom to top. */
  visible(box: ImageBox): SceneItem[] {
    this.#rank();
    const found =
      this.#extent !== null && covers(box, this.#extent)
        ? [...this.#items.values()]
        : this.#index.search(box).flatMap((id) => this.#items.get(id) ?? []);
    return found.sort((a, b) => a.rank - b.rank);
  }

  /** Puts the items into drawing order, if that is not known yet. */
  #rank(): void {
    if (this.#ranked) return;
    [...this.#items.values()]
      .sort((a, b) => compareOrder(a.record, b.record))
      .forEach((item, rank) => {
        item.rank = rank;
      });
    this.#ranked = true;
  }
}

function covers(a: ImageBox, b: ImageBox): boolean {
  return a.left <= b.left && a.top <= b.top && a.right >= b.right && a.bottom >= b.bottom;
}

/** The drawing order: by `z`, then by id, which for UUIDv7 is by age. */
export function compareOrder(a: EditorRecord, b: EditorRecord): number {
  return a.z - b.z || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

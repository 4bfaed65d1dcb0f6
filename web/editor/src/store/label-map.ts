import { unionOf } from '../masks/algebra.ts';
import { pixelsIn, tileId, withoutMask } from '../masks/label-tile.ts';
import type { EditorRecord, LabelTile, MaskShape } from '../model/annotation.ts';
import type { TileChange } from './changes.ts';

/**
 * The label map of the open set: it gives masks pixels besides their own. The page shows a mask with all of its pixels,
 * and works with them; its own are kept here, for the server stores them apart.
 */
export class LabelMap {
  readonly #tiles = new Map<string, LabelTile>();
  /** Ids of the tiles that name a mask. */
  readonly #naming = new Map<string, Set<string>>();
  /** The own pixels of the masks that are shown with more. */
  readonly #own = new Map<string, MaskShape>();

  reset(tiles: readonly LabelTile[]): void {
    this.#tiles.clear();
    this.#naming.clear();
    this.#own.clear();
    for (const tile of tiles) this.paint(tile);
  }

  /** Puts a tile in its place; returns the masks whose pixels that may change. */
  paint(tile: LabelTile): ReadonlySet<string> {
    const id = tileId(tile);
    const before = this.#tiles.get(id)?.segments ?? [];
    for (const mask of before) this.#naming.get(mask)?.delete(id);
    for (const mask of tile.segments) {
      const naming = this.#naming.get(mask) ?? new Set();
      this.#naming.set(mask, naming.add(id));
    }
    this.#tiles.set(id, tile);
    return new Set([...before, ...tile.segments]);
  }

  /** A copy in which some tiles are others. */
  with(tiles: readonly LabelTile[]): LabelMap {
    const copy = new LabelMap();
    copy.reset([...this.#tiles.values(), ...tiles]);
    return copy;
  }

  tile(id: string): LabelTile | null {
    return this.#tiles.get(id) ?? null;
  }

  /** Whether it has pixels of the mask. */
  names(id: string): boolean {
    return (this.#naming.get(id)?.size ?? 0) > 0;
  }

  /** A record with its own pixels and those that the label map gives it; the same where it gives none. */
  filled(record: EditorRecord): EditorRecord {
    const { id, shape } = record;
    const given = shape.kind === 'mask' && this.names(id) ? pixelsIn(this.#tilesOf(id), id) : null;
    if (shape.kind !== 'mask' || given === null) return record;
    return { ...record, shape: (shape.width === 0 ? given : unionOf([shape, given])) ?? given };
  }

  /** The same for a record that is shown from now on. */
  shown(record: EditorRecord): EditorRecord {
    const filled = this.filled(record);
    if (filled !== record && record.shape.kind === 'mask') this.#own.set(record.id, record.shape);
    else this.#own.delete(record.id);
    return filled;
  }

  /** A record that is shown, with its own pixels. */
  stored(record: EditorRecord): EditorRecord {
    const own = this.#own.get(record.id);
    return own === undefined || record.shape.kind !== 'mask' ? record : { ...record, shape: own };
  }

  /** Takes a mask out: from now on all of its pixels are its own. Returns how its tiles change. */
  lift(id: string): readonly TileChange[] {
    this.#own.delete(id);
    return this.#tilesOf(id).map((before) => {
      const after = withoutMask(before, id);
      this.paint(after);
      return { kind: 'tile', id: tileId(before), before, after };
    });
  }

  #tilesOf(id: string): readonly LabelTile[] {
    return [...(this.#naming.get(id) ?? [])].flatMap((tile) => this.#tiles.get(tile) ?? []);
  }
}

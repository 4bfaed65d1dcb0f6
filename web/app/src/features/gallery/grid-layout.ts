/** Where the tiles of a grid stand. Lengths in CSS pixels. */
export interface GridLayout {
  readonly columns: number;
  readonly tileWidth: number;
  readonly pictureHeight: number;
  readonly rowHeight: number;
}

/** Least tile widths from dense to roomy; the density slider chooses one. */
export const tileWidths: readonly number[] = [104, 136, 176, 224, 296];
export const GAP = 12;
const CAPTION = 44;

export function gridLayout(width: number, density: number): GridLayout {
  const least = tileWidths[Math.max(0, Math.min(tileWidths.length - 1, density))] ?? 176;
  const columns = Math.max(1, Math.floor((width + GAP) / (least + GAP)));
  const tileWidth = Math.floor((width - GAP * (columns - 1)) / columns);
  const pictureHeight = Math.round(tileWidth * 0.75);
  return { columns, tileWidth, pictureHeight, rowHeight: pictureHeight + CAPTION + GAP };
}

/** By how many pixels the view must scroll so that the anchor stays where it was when images came or went above it. */
export function scrollShift(
  before: readonly string[],
  after: readonly string[],
  anchorIndex: number,
  l: GridLayout,
): number {
  for (let i = anchorIndex; i < before.length; i++) {
    const id = before[i];
    const now = id === undefined ? -1 : after.indexOf(id);
    if (now >= 0) return (Math.floor(now / l.columns) - Math.floor(i / l.columns)) * l.rowHeight;
  }
  return 0;
}

import type { ImageSource, TileSource } from '@plumbline/editor';
import type { ImageSummary } from '../api/types.ts';

/** Where the editor gets an image from; of one that is shown in tiles it loads only a small picture. */
export function imageSource(image: ImageSummary): ImageSource {
  const common = { imageId: image.id, setId: image.setId, size: { width: image.width, height: image.height } };
  if (image.tiles === null) return { ...common, picture: image.pixelsUrl };
  return { ...common, picture: image.thumbnailUrl, isOverview: true };
}

/** The tiles of an image; null when it needs none, or has none yet. */
export function tileSource({ id, tiles }: ImageSummary): TileSource | null {
  if (tiles === null || tiles.url === null || tiles.side === null || tiles.levels === null) return null;
  return { imageId: id, url: tiles.url, side: tiles.side, levels: tiles.levels };
}

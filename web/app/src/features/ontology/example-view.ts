import type { ExampleRegion } from '../../api/types.ts';

/** How much of what is around an example's part is shown with it, as a share of its longer side. */
const AROUND = 0.25;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The part of a picture that an example shows, in the picture's pixels. Never beyond the picture. */
export function viewOf(region: ExampleRegion | null, image: Size): ExampleRegion {
  if (region === null) return { x: 0, y: 0, ...image };
  const around = AROUND * Math.max(region.width, region.height);
  const x = Math.max(0, region.x - around);
  const y = Math.max(0, region.y - around);
  return {
    x,
    y,
    width: Math.max(1, Math.min(image.width, region.x + region.width + around) - x),
    height: Math.max(1, Math.min(image.height, region.y + region.height + around) - y),
  };
}

/** A part this small would be a blur on a thumbnail, whose longer side has this many pixels. */
const THUMBNAIL_SIDE = 512;
const SHARP = 200;
/** Larger pictures are too much to load for an example. */
const MOST_PIXELS = 40_000_000;

/** Whether the example needs the picture itself rather than its thumbnail. */
export function needsPixels(view: ExampleRegion, image: Size): boolean {
  const shown = (Math.max(view.width, view.height) * THUMBNAIL_SIDE) / Math.max(image.width, image.height);
  return shown < SHARP && image.width * image.height <= MOST_PIXELS;
}

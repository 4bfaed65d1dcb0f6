import { ringArea } from '../geometry/polygon.ts';
import { simplified } from '../geometry/simplifying.ts';
import { contoursOf } from '../masks/contours.ts';
import { maskOfBitmap } from '../masks/runs.ts';
import type { PolygonPart, PolygonShape } from '../model/annotation.ts';
import { fittedToPicture, type PictureSource, type TiledColors } from './picture-source.ts';
import type { OutlineWish } from './protocol.ts';
import type { PictureWindow, Region } from './raster.ts';

const mostVertices = 20_000;

/** The outline of a region of a window as a polygon of the image, holes included; null when nothing is inside. */
export function outlineOfRegion(
  region: Region,
  window: PictureWindow,
  { detail, fine }: OutlineWish,
  picture: PictureSource,
  colors: TiledColors,
): PolygonShape | null {
  const mask = maskOfBitmap(region.data, { x: 0, y: 0, width: region.width, height: region.height });
  const contours = mask === null ? null : contoursOf(mask, 4);
  if (contours === null) return null;
  const { sx, sy } = window;
  const scaled = mapped(contours, (ring) =>
    ring.map((value, i) => (i % 2 === 0 ? (value + window.x) * sx : (value + window.y) * sy)),
  );
  const scale = Math.max(sx, sy);
  // Without the steps of pixels first: the normals of a staircase say nothing.
  if (!fine) return lean(scaled, Math.max(detail, 0.75 * scale));
  const even = lean(scaled, 0.75 * scale);
  return even === null ? null : fitted(even, picture, colors, 1.5 * scale, detail);
}

/** A polygon moved onto the edges of the picture, up to `reach` image pixels away, with few vertices; `fixed` pieces stay. */
export function fitted(
  polygon: PolygonShape,
  picture: PictureSource,
  colors: TiledColors,
  reach: number,
  detail: number,
  fixed: readonly number[] = [],
): PolygonShape | null {
  return lean(
    mapped(polygon, (ring) => fittedToPicture(ring, picture, colors, reach, fixed)),
    detail,
  );
}

/** Fewer vertices, as many as are wanted or bearable, and no rings without an area. */
export function lean(polygon: PolygonShape, detail: number): PolygonShape | null {
  let shape = simplified(polygon, detail) as PolygonShape;
  for (let tolerance = 2 * detail; vertexCount(shape) > mostVertices; tolerance *= 2) {
    shape = simplified(shape, tolerance) as PolygonShape;
  }
  const parts = shape.parts.flatMap(({ outer, holes }): PolygonPart[] =>
    isRing(outer) ? [{ outer: rounded(outer), holes: holes.filter(isRing).map(rounded) }] : [],
  );
  return parts.length === 0 ? null : { kind: 'polygon', parts };
}

function mapped(polygon: PolygonShape, change: (ring: readonly number[]) => readonly number[]): PolygonShape {
  const parts = polygon.parts.map(({ outer, holes }) => ({ outer: change(outer), holes: holes.map(change) }));
  return { kind: 'polygon', parts };
}

function isRing(ring: readonly number[]): boolean {
  return ring.length >= 6 && ringArea(ring) >= 0.5;
}

/** To a hundredth of a pixel. */
function rounded(ring: readonly number[]): readonly number[] {
  return ring.map((value) => Math.round(value * 100) / 100);
}

function vertexCount({ parts }: PolygonShape): number {
  return parts.reduce((n, { outer, holes }) => holes.reduce((m, hole) => m + hole.length, n + outer.length), 0) / 2;
}

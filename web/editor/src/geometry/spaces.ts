declare const space: unique symbol;

/** A point in continuous pixels of the upright, full-resolution image. */
export type ImagePoint = { readonly x: number; readonly y: number; readonly [space]?: 'image' };

/** A point in CSS pixels from the top-left corner of the editor's canvas. Only the camera converts. */
export type ScreenPoint = { readonly x: number; readonly y: number; readonly [space]?: 'screen' };

/** An axis-aligned box by its edges, in image pixels. */
export type ImageBox = {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly [space]?: 'image';
};

/** An axis-aligned box by its edges, in CSS pixels of the canvas. */
export type ScreenBox = {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly [space]?: 'screen';
};

/** Width and height; image pixels for images, CSS pixels for canvases. */
export type Size = { readonly width: number; readonly height: number };

/** Whether the boxes touch. */
export function boxesOverlap(a: ImageBox, b: ImageBox): boolean {
  return a.left <= b.right && a.right >= b.left && a.top <= b.bottom && a.bottom >= b.top;
}

export function imagePoint(x: number, y: number): ImagePoint {
  return { x, y };
}

export function screenPoint(x: number, y: number): ScreenPoint {
  return { x, y };
}

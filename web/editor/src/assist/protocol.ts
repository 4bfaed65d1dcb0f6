import type { ImageBox, ImagePoint, Size } from '../geometry/spaces.ts';
import type { PolygonShape } from '../model/annotation.ts';
import type { OpenPicture } from './assist.ts';
import type { PictureWindow } from './raster.ts';

/** What the hand has drawn to say what belongs to the object: a line, and whether it is the object or the background. */
export type Scribble = { readonly points: readonly number[]; readonly isObject: boolean; readonly radius: number };

/** How an outline comes out. */
export type OutlineWish = {
  /** Vertices may leave the outline by so many image pixels. */
  readonly detail: number;
  /** Refined at full resolution; otherwise as the working window has it, which is faster. */
  readonly fine: boolean;
};

/**
 * What can be asked about the open picture. All places are image pixels; `box` is the part that is worked on, at the
 * finest resolution at which it has at most a million pixels.
 */
export type AssistRequests = {
  /** The strength of the edges in the box; also makes the later ways fast. */
  edges: { readonly box: ImageBox };
  /** The cheapest ways along edges to a point, from no farther away than `reach` pixels of the window. */
  ways: { readonly box: ImageBox; readonly to: ImagePoint; readonly reach: number };
  /** Reads the box ahead of a flood. */
  look: { readonly box: ImageBox };
  /** What has the colour of a place and is connected with it, of several places joined (or taken away again). */
  flood: OutlineWish & { readonly box: ImageBox; readonly seeds: readonly FloodSeed[] };
  /** The object in a box, corrected by scribbles. */
  segment: OutlineWish & { readonly box: ImageBox; readonly scribbles: readonly Scribble[] };
  /** Cells of like colour, about `side` image pixels wide or wider. */
  cells: { readonly box: ImageBox; readonly side: number };
  /** The outline of the cells with a 1 in `chosen`, of those that were made last. */
  joinCells: OutlineWish & { readonly chosen: Uint8Array };
  /** The smallest box around the object in each box; null where none stands out. */
  tighten: { readonly boxes: readonly ImageBox[] };
  /** A polygon with its rings moved onto edges up to `reach` image pixels away; `fixed` straight pieces stay (`x, y` of both ends). */
  fit: {
    readonly polygon: PolygonShape;
    readonly reach: number;
    readonly detail: number;
    readonly fixed?: readonly number[];
  };
  /** Places that look like a box, best first, at least so alike (correlation, up to 1). */
  similar: { readonly box: ImageBox; readonly least: number };
};

export type FloodSeed = { readonly at: ImagePoint; readonly tolerance: number; readonly adds: boolean };

export type Outlined = {
  readonly polygon: PolygonShape | null;
  /** Image pixels per pixel of the working window. */
  readonly scale: number;
};

export type SimilarPlace = { readonly box: ImageBox; readonly score: number };

export type AssistAnswers = {
  edges: { readonly window: PictureWindow; readonly strength: Uint8Array };
  ways: { readonly window: PictureWindow; readonly seed: number; readonly steps: Uint8Array };
  look: { readonly window: PictureWindow };
  flood: Outlined;
  segment: Outlined;
  cells: {
    readonly window: PictureWindow;
    readonly labels: Uint16Array;
    readonly count: number;
  };
  joinCells: Outlined;
  tighten: { readonly boxes: readonly (ImageBox | null)[] };
  fit: { readonly polygon: PolygonShape };
  similar: { readonly places: readonly SimilarPlace[] };
};

export type AssistKind = keyof AssistRequests;

export type ToAssistWorker =
  | { readonly type: 'open'; readonly picture: number; readonly source: OpenPicture['source']; readonly size: Size }
  | { readonly type: 'close' }
  | {
      readonly type: 'ask';
      readonly request: number;
      readonly picture: number;
      readonly kind: AssistKind;
      readonly content: AssistRequests[AssistKind];
    };

export type FromAssistWorker =
  | {
      readonly type: 'answer';
      readonly request: number;
      readonly content: AssistAnswers[AssistKind];
      readonly milliseconds: number;
    }
  | { readonly type: 'failed'; readonly request: number; readonly message: string };

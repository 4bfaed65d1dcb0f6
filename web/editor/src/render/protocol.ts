import type { PictureTone } from '../api.ts';
import type { ImageBox } from '../geometry/spaces.ts';
import type { EditorRecord, OutcomeState, WireLabelTile } from '../model/annotation.ts';
import type { SkeletonEdge } from '../model/ontology.ts';
import type { TextIds } from '../model/text.ts';
import type { ColorBy } from './coloring.ts';
import type { PackedRecords } from './packing.ts';
import type { TileLook } from './tile-store.ts';

/** How the worker's drawing relates to the image. `scale` = device pixels per image pixel. */
export type LayerView = {
  /** Image coordinates of the bitmap's top-left corner. */
  readonly left: number;
  readonly top: number;
  readonly scale: number;
  /** Size of the bitmap in device pixels. */
  readonly width: number;
  readonly height: number;
};

/** A rectangle of whole device pixels inside a layer. */
export type PixelRect = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export type ClassStyle = {
  readonly color: string;
  readonly edges: readonly SkeletonEdge[];
  /** Where its objects keep what they say; null when they are no text. */
  readonly text: TextIds | null;
};

/** Everything that decides the look of a scene but the objects themselves. */
export type SceneStyle = {
  readonly classes: Readonly<Record<string, ClassStyle>>;
  readonly hiddenObjects: ReadonlySet<string>;
  readonly hiddenClasses: ReadonlySet<string>;
  readonly isolated: ReadonlySet<string> | null;
  readonly colorBy: ColorBy;
  /** How much of the picture an inside covers, 0–1, and the same for single classes. */
  readonly fill: number;
  readonly classFill: Readonly<Record<string, number>>;
  /** Objects that a refused change left behind. */
  readonly rejected: ReadonlySet<string>;
  /** Drawn as selected here only when there are too many for the overlay. */
  readonly selected: ReadonlySet<string>;
  /** In hand: drawn by the overlay instead. */
  readonly excluded: ReadonlySet<string>;
  /** Device pixels per CSS pixel. */
  readonly pixelRatio: number;
};

export type SceneChange = { readonly id: string; readonly record: EditorRecord | null };

/** What of a set is here, where it is not all of it. */
export type SetPart = {
  readonly area: ImageBox;
  /** How many annotations the set has. */
  readonly total: number;
  /** How many of them the area meets; not counted beyond 100,000. */
  readonly matched: number;
  /** How many of these have come. */
  readonly sent: number;
};

/** Everything of a loaded set but its annotations. */
export type SetHeader = {
  /** Null = the set is whole. */
  readonly part: SetPart | null;
  readonly revision: number;
  readonly outcome: OutcomeState;
  readonly outcomeRevision: number;
  /** The label map: it gives masks pixels besides their own, which the records come with. */
  readonly tiles: readonly WireLabelTile[];
  /** Ids of what has a place in the image, and left, top, right, bottom of each. */
  readonly ids: readonly string[];
  readonly boxes: Float64Array;
  /** The R-tree over `boxes`, built in the worker. */
  readonly tree: ArrayBuffer | null;
};

export type ToPictureWorker =
  | { readonly type: 'decode'; readonly request: number; readonly source: string | Blob }
  | { readonly type: 'tone'; readonly request: number; readonly level: ImageBitmap; readonly tone: PictureTone }
  | { readonly type: 'tile'; readonly request: number; readonly source: string; readonly look: TileLook }
  /** The tile of this request is not wanted any more. */
  | { readonly type: 'drop'; readonly request: number };

export type FromPictureWorker =
  | { readonly type: 'picture'; readonly request: number; readonly levels: readonly ImageBitmap[] }
  | { readonly type: 'toned'; readonly request: number; readonly bitmap: ImageBitmap }
  | { readonly type: 'tile'; readonly request: number; readonly bitmap: ImageBitmap }
  | { readonly type: 'failed'; readonly request: number; readonly message: string };

export type ToWorker =
  | {
      readonly type: 'loadSet';
      readonly request: number;
      readonly scene: string;
      readonly bytes: ArrayBuffer;
      /** Beside what is in the scene already, not instead of it. */
      readonly adds: boolean;
    }
  | {
      readonly type: 'change';
      readonly scene: string;
      readonly version: number;
      /** Compacted. */
      readonly changes: readonly SceneChange[];
    }
  | { readonly type: 'style'; readonly scene: string; readonly version: number; readonly style: SceneStyle }
  | { readonly type: 'drop'; readonly scene: string }
  | {
      readonly type: 'draw';
      readonly request: number;
      readonly scene: string;
      readonly view: LayerView;
      /** Only this part of the image, into the layer that was sent last with the same view. */
      readonly part: ImageBox | null;
    };

export type FromWorker =
  | { readonly type: 'records'; readonly request: number; readonly packed: PackedRecords }
  | { readonly type: 'set'; readonly request: number; readonly header: SetHeader }
  | { readonly type: 'failed'; readonly request: number; readonly message: string }
  | {
      readonly type: 'layer';
      readonly request: number;
      /** Of the last change or style that it shows. */
      readonly version: number;
      readonly view: LayerView;
      /** Where the bitmap goes in the layer; null = it is the whole layer. */
      readonly rect: PixelRect | null;
      readonly bitmap: ImageBitmap | null;
      readonly milliseconds: number;
    };

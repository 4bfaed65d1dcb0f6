/**
 * Shapes as they are stored and sent. All coordinates are continuous pixels of the upright,
 * full-resolution image: origin at the outer corner of the top-left pixel, x right, y down.
 * Coordinate lists are flat (`x, y, x, y, …`); rings are not closed.
 */
export type Shape =
  | TagShape
  | PointShape
  | BoxShape
  | RotatedBoxShape
  | EllipseShape
  | PolygonShape
  | PolylineShape
  | KeypointsShape
  | MaskShape
  | CuboidShape;

/** A label of the whole image: no geometry. */
export type TagShape = { readonly kind: 'tag' };
export type PointShape = { readonly kind: 'point'; readonly x: number; readonly y: number };
export type BoxShape = {
  readonly kind: 'box';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};
/** `angle` in radians, clockwise on the screen, about the centre. */
export type RotatedBoxShape = {
  readonly kind: 'rotatedBox';
  readonly cx: number;
  readonly cy: number;
  readonly width: number;
  readonly height: number;
  readonly angle: number;
};
/** `angle` in radians, clockwise on the screen, about the centre. */
export type EllipseShape = {
  readonly kind: 'ellipse';
  readonly cx: number;
  readonly cy: number;
  readonly rx: number;
  readonly ry: number;
  readonly angle: number;
};
export type PolygonPart = { readonly outer: readonly number[]; readonly holes: readonly (readonly number[])[] };
export type PolygonShape = { readonly kind: 'polygon'; readonly parts: readonly PolygonPart[] };
export type PolylineShape = { readonly kind: 'polyline'; readonly points: readonly number[] };
/** `x, y, visibility` triples in the skeleton's order; visibility 0 absent, 1 occluded, 2 visible. */
export type KeypointsShape = { readonly kind: 'keypoints'; readonly points: readonly number[] };
/** Row-major run lengths inside the box, starting with a run of zeros. */
export type MaskShape = {
  readonly kind: 'mask';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly runs: readonly number[];
};
/** Eight corners: front face clockwise from top-left, then the back face in the same order. */
export type CuboidShape = { readonly kind: 'cuboid'; readonly corners: readonly number[] };

export type AttributeValue = boolean | number | string | readonly string[];
export type Attributes = Readonly<Record<string, AttributeValue>>;

export type ProvenanceOrigin = 'drawn' | 'assisted' | 'imported' | 'edited' | 'model' | 'synthetic';
export type Provenance = { readonly origin: ProvenanceOrigin; readonly by: string | null; readonly at: string | null };

/** What an annotation, the subject, has to do with another one, by an id of the ontology's predicates. */
export type Relation = { readonly predicate: string; readonly object: string };

/** What a person who was asked about an annotation answered; a "no" deletes it. */
export type Verdict = 'accepted' | 'unsure';

/** An annotation as the editor holds it: what the wire carries, without the server's revision. */
export type EditorRecord = {
  readonly id: string;
  readonly classId: string;
  readonly shape: Shape;
  readonly attributes: Attributes;
  readonly z: number;
  readonly groupId: string | null;
  readonly ignore: boolean;
  readonly score: number | null;
  readonly provenance: Provenance;
  /** Sorted; absent when there are none. */
  readonly relations?: readonly Relation[];
  /** Of just this state: an edit takes it away. */
  readonly verdict?: Verdict;
};

/** An annotation on the wire. `revision` is the set's revision at the annotation's last change; 0 = new. */
export type WireAnnotation = EditorRecord & { readonly revision: number };

/**
 * 256 × 256 pixels of a set's label map, which say of each pixel which mask has it besides the masks' own pixels: `runs` are
 * pairs of a label (0 = none, k = the k-th of `segments`) and a length, row by row over the whole tile.
 */
export type LabelTile = {
  /** Place of the tile, counted in tiles from the image's upper left. */
  readonly column: number;
  readonly row: number;
  /** Ids of masks, in the order of their first pixel here. */
  readonly segments: readonly string[];
  readonly runs: readonly number[];
};

/** A tile on the wire. `revision` is the set's revision when it was last painted; 0 = never. */
export type WireLabelTile = LabelTile & { readonly revision: number };

export type Outcome = 'unlabelled' | 'labelled' | 'verifiedEmpty' | 'unusable';
export type OutcomeState = { readonly outcome: Outcome; readonly reason: string | null };

export type WireAnnotationSet = {
  readonly id: string;
  readonly imageId: string;
  readonly projectId: string;
  readonly source: string;
  readonly revision: number;
  readonly outcome: Outcome;
  readonly outcomeReason: string | null;
  readonly outcomeRevision: number;
  readonly annotations: readonly WireAnnotation[];
  readonly tiles: readonly WireLabelTile[];
  /** How many annotations the set has, and how many of them the view meets; told where a view was asked for. */
  readonly total?: number;
  readonly matched?: number;
  /** Left, top, width and height of the view whose annotations these are; without it they are all there are. */
  readonly view?: readonly [number, number, number, number];
};

/** How a set was, as far as it differs from now: what to have again, with masks' own pixels, and what to delete. */
export type EarlierState = {
  readonly changed: readonly WireAnnotation[];
  readonly deleted: readonly string[];
  /** Tiles of the label map. */
  readonly tiles: readonly WireLabelTile[];
  /** Null where it is the same. */
  readonly outcome: OutcomeState | null;
};

/** The class id of the one `tag` annotation that carries the image's own attributes. */
export const imageAttributesClass = '@image';

export const untouchedOutcome: OutcomeState = { outcome: 'unlabelled', reason: null };

/** The local part of a wire annotation. */
export function toRecord(annotation: WireAnnotation): EditorRecord {
  const { revision: _, ...record } = annotation;
  return record;
}

/** The local part of a wire tile. */
export function toTile(tile: WireLabelTile): LabelTile {
  const { revision: _, ...content } = tile;
  return content;
}

export function isTag(record: EditorRecord): boolean {
  return record.shape.kind === 'tag';
}

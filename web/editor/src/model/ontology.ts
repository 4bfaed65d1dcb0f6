/** What people label with: classes, attributes and skeletons, as the server serialises them. */
export type ShapeKind =
  | 'tag'
  | 'point'
  | 'box'
  | 'rotatedBox'
  | 'ellipse'
  | 'polygon'
  | 'polyline'
  | 'keypoints'
  | 'mask'
  | 'cuboid';

export type AttributeDefinition = {
  readonly id: string;
  readonly name: string;
  readonly kind: 'boolean' | 'number' | 'text' | 'select' | 'multiSelect';
  readonly required: boolean;
  readonly options: readonly string[];
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly condition: { readonly attributeId: string; readonly equalTo: string | number | boolean } | null;
  readonly immutable: boolean;
};

export type LabelClass = {
  readonly id: string;
  readonly name: string;
  readonly parentId: string | null;
  /** `#rrggbb` */
  readonly color: string;
  readonly key: string | null;
  /** Shape kinds that annotations of this class may have; empty means any. */
  readonly shapes: readonly ShapeKind[];
  readonly description: string;
  readonly attributes: readonly AttributeDefinition[];
  readonly skeletonId: string | null;
  readonly retired: boolean;
};

export type SkeletonEdge = { readonly from: number; readonly to: number };
export type SkeletonDefinition = {
  readonly id: string;
  readonly name: string;
  readonly points: readonly string[];
  readonly edges: readonly SkeletonEdge[];
  readonly mirrored: readonly SkeletonEdge[];
};

/** One way in which objects can have to do with each other; no classes named means all. */
export type PredicateDefinition = {
  readonly id: string;
  readonly name: string;
  /** Ids of the classes that may be its subject. */
  readonly from: readonly string[];
  /** Ids of the classes that may be its object. */
  readonly to: readonly string[];
};

export type Ontology = {
  readonly classes: readonly LabelClass[];
  readonly imageAttributes: readonly AttributeDefinition[];
  readonly skeletons: readonly SkeletonDefinition[];
  readonly predicates?: readonly PredicateDefinition[];
  /** An image has at most one tag. */
  readonly oneTag?: boolean;
};

export const emptyOntology: Ontology = { classes: [], imageAttributes: [], skeletons: [] };

/** Whether new annotations of this kind may have the class. */
export function allows(labelClass: LabelClass, kind: ShapeKind): boolean {
  return !labelClass.retired && (labelClass.shapes.length === 0 || labelClass.shapes.includes(kind));
}

/** Whether objects of this class can be drawn so: it allows the kind, and for keypoints has a skeleton. */
export function canDraw(labelClass: LabelClass, kind: ShapeKind): boolean {
  return allows(labelClass, kind) && (kind !== 'keypoints' || labelClass.skeletonId !== null);
}

/** The skeleton of a class's keypoints. */
export function skeletonOf({ classes, skeletons }: Ontology, classId: string): SkeletonDefinition | undefined {
  const skeletonId = classes.find((c) => c.id === classId)?.skeletonId;
  return skeletons.find(({ id }) => id === skeletonId);
}

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];

/**
 * The key of each class: its own, otherwise the next free digit in the order of the list.
 * Retired classes have none; classes beyond the ten digits have none.
 */
export function classKeys({ classes }: Pick<Ontology, 'classes'>): ReadonlyMap<string, string> {
  const living = classes.filter((c) => !c.retired);
  const keys = new Map<string, string>();
  for (const c of living) if (c.key !== null) keys.set(c.id, c.key.toUpperCase());
  const taken = new Set(keys.values());
  const free = digits.filter((d) => !taken.has(d));
  for (const c of living) {
    const next = keys.has(c.id) ? undefined : free.shift();
    if (next !== undefined) keys.set(c.id, next);
  }
  return keys;
}

import type { LabelClass, Ontology } from '../../api/types.ts';

/** One difference between two versions, in words. `subjectId` is the class, attribute or skeleton. */
export interface OntologyChange {
  readonly subjectId: string;
  readonly text: string;
}

/** The same field of the same thing, changed in two ways since the version both began with. */
export interface OntologyClash {
  readonly subjectId: string;
  readonly name: string;
  readonly field: string;
  readonly mine: unknown;
  readonly theirs: unknown;
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/** What changed from one version to the next, for the save bar, the reason and the conflict dialog. */
export function describeChanges(from: Ontology, to: Ontology): readonly OntologyChange[] {
  return [
    ...describeList('class', from.classes, to.classes, classFields),
    ...describeList('image attribute', from.imageAttributes, to.imageAttributes, () => []),
    ...describeList('skeleton', from.skeletons, to.skeletons, () => []),
    ...describeList('relation', from.predicates, to.predicates, () => []),
    ...describeOrder('classes', from.classes, to.classes),
    ...describeOrder('image attributes', from.imageAttributes, to.imageAttributes),
    ...describeOrder('skeletons', from.skeletons, to.skeletons),
    ...(from.oneTag === to.oneTag
      ? []
      : [{ subjectId: '', text: to.oneTag ? 'One tag an image' : 'Several tags an image' }]),
  ];
}

/**
 * Joins two changes of one version field by field. Where both changed the same field differently mine stands and the
 * clash is reported; what one side changed and the other removed is kept.
 */
export function mergeOntologies(
  base: Ontology,
  mine: Ontology,
  theirs: Ontology,
): { readonly merged: Ontology; readonly clashes: readonly OntologyClash[] } {
  const clashes: OntologyClash[] = [];
  return {
    merged: {
      classes: mergeList(base.classes, mine.classes, theirs.classes, clashes),
      imageAttributes: mergeList(base.imageAttributes, mine.imageAttributes, theirs.imageAttributes, clashes),
      skeletons: mergeList(base.skeletons, mine.skeletons, theirs.skeletons, clashes),
      predicates: mergeList(base.predicates, mine.predicates, theirs.predicates, clashes),
      oneTag: mine.oneTag === base.oneTag ? theirs.oneTag : mine.oneTag,
    },
    clashes,
  };
}

/** Whether two versions say the same. */
function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function describeList<T extends Named>(
  kind: string,
  from: readonly T[],
  to: readonly T[],
  fields: (before: T, after: T) => readonly string[],
): OntologyChange[] {
  const before = new Map(from.map((item) => [item.id, item]));
  const after = new Set(to.map((item) => item.id));
  const changes: OntologyChange[] = [];
  for (const item of to) {
    const old = before.get(item.id);
    if (old === undefined) changes.push({ subjectId: item.id, text: `Added ${kind} “${item.name}”` });
    else if (old.name !== item.name) {
      changes.push({ subjectId: item.id, text: `Renamed ${kind} “${old.name}” to “${item.name}”` });
    }
    if (old === undefined || old === item || same({ ...old, name: '' }, { ...item, name: '' })) continue;
    const what = fields(old, item);
    const detail = what.length > 0 ? what.join(', ') : 'definition';
    changes.push({ subjectId: item.id, text: `Changed ${detail} of “${item.name}”` });
  }
  for (const item of from) {
    if (!after.has(item.id)) changes.push({ subjectId: item.id, text: `Removed ${kind} “${item.name}”` });
  }
  return changes;
}

function describeOrder(kind: string, from: readonly Named[], to: readonly Named[]): OntologyChange[] {
  const before = new Set(from.map((item) => item.id));
  const after = new Set(to.map((item) => item.id));
  const stayed = from.filter((item) => after.has(item.id));
  const now = to.filter((item) => before.has(item.id));
  return stayed.every((item, i) => item.id === now[i]?.id) ? [] : [{ subjectId: '', text: `Reordered ${kind}` }];
}

const CLASS_FIELDS: readonly (readonly [keyof LabelClass, string])[] = [
  ['parentId', 'place'],
  ['color', 'colour'],
  ['key', 'key'],
  ['shapes', 'shapes'],
  ['description', 'description'],
  ['examples', 'examples'],
  ['attributes', 'attributes'],
  ['skeletonId', 'skeleton'],
  ['retired', 'retirement'],
];

function classFields(before: LabelClass, after: LabelClass): readonly string[] {
  return CLASS_FIELDS.filter(([field]) => !same(before[field], after[field])).map(([, word]) => word);
}

function mergeList<T extends Named>(
  base: readonly T[],
  mine: readonly T[],
  theirs: readonly T[],
  clashes: OntologyClash[],
): T[] {
  const baseById = new Map(base.map((item) => [item.id, item]));
  const mineById = new Map(mine.map((item) => [item.id, item]));
  const theirsById = new Map(theirs.map((item) => [item.id, item]));
  const reordered = !same(
    mine.filter((item) => baseById.has(item.id)).map((item) => item.id),
    base.filter((item) => mineById.has(item.id)).map((item) => item.id),
  );
  const [first, second] = reordered ? [mine, theirs] : [theirs, mine];
  const order = new Set([...first, ...second].map((item) => item.id));
  const merged: T[] = [];
  for (const id of order) {
    const item = mergeItem(baseById.get(id), mineById.get(id), theirsById.get(id), clashes);
    if (item !== null) merged.push(item);
  }
  return merged;
}

function mergeItem<T extends Named>(
  base: T | undefined,
  mine: T | undefined,
  theirs: T | undefined,
  clashes: OntologyClash[],
): T | null {
  if (mine === undefined || theirs === undefined) {
    const left = mine ?? theirs;
    return left === undefined || (base !== undefined && same(left, base)) ? null : left;
  }
  const merged: T = { ...theirs };
  for (const field of Object.keys(mine) as (keyof T & string)[]) {
    if (same(mine[field], theirs[field]) || (base !== undefined && same(mine[field], base[field]))) continue;
    merged[field] = mine[field];
    if (base === undefined || !same(theirs[field], base[field])) {
      clashes.push({ subjectId: mine.id, name: mine.name, field, mine: mine[field], theirs: theirs[field] });
    }
  }
  return merged;
}

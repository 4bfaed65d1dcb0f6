import type { ClassChoice, ImportPreview, LabelClass, Ontology, PreviewClass } from '../../api/types.ts';
import { shapesOf } from '../formats/shape-words.ts';

/** What becomes of a class of the dataset. */
export type Fate =
  | { readonly kind: 'existing'; readonly classId: string }
  | { readonly kind: 'new'; readonly name: string }
  | { readonly kind: 'drop' };

/** Decisions by a class's place in the dataset; what is not here goes by name. */
export type Decisions = ReadonlyMap<number, Fate>;

export const undecided: Decisions = new Map();

/** By name: the class of the project that is called the same, otherwise a new one. */
export const fateByName = (source: PreviewClass): Fate =>
  source.classId === null ? { kind: 'new', name: source.name } : { kind: 'existing', classId: source.classId };

export const fateOf = (decisions: Decisions, source: PreviewClass, index: number): Fate =>
  decisions.get(index) ?? fateByName(source);

/** With one more decision; a decision for what goes by name anyway is none. */
export function decide(decisions: Decisions, classes: readonly PreviewClass[], index: number, fate: Fate): Decisions {
  const next = new Map(decisions);
  const source = classes[index];
  if (source === undefined || same(fate, fateByName(source))) next.delete(index);
  else next.set(index, fate);
  return next;
}

/** Leaves out every class that has no objects. */
export function dropUnused(decisions: Decisions, classes: readonly PreviewClass[]): Decisions {
  const next = new Map(decisions);
  for (const [index, { annotations }] of classes.entries()) if (annotations === 0) next.set(index, { kind: 'drop' });
  return next;
}

/** As the API wants it: only what was decided. */
export function choicesOf(decisions: Decisions, preview: ImportPreview): readonly ClassChoice[] {
  return [...decisions].map(([index, fate]) => ({
    index,
    name: preview.classes[index]?.name ?? '',
    fate: fate.kind,
    classId: fate.kind === 'existing' ? fate.classId : null,
    newName: fate.kind === 'new' ? fate.name.trim() : null,
  }));
}

export interface MappingCounts {
  readonly existing: number;
  readonly added: number;
  readonly dropped: number;
  /** Annotations of dropped classes. */
  readonly droppedAnnotations: number;
}

export function countFates(decisions: Decisions, classes: readonly PreviewClass[]): MappingCounts {
  let [existing, dropped, droppedAnnotations] = [0, 0, 0];
  const names = new Set<string>();
  for (const [index, source] of classes.entries()) {
    const fate = fateOf(decisions, source, index);
    if (fate.kind === 'existing') existing++;
    else if (fate.kind === 'new') names.add(`${source.parent ?? ''}\n${fate.name}`);
    else {
      dropped++;
      droppedAnnotations += source.annotations;
    }
  }
  return { existing, added: names.size, dropped, droppedAnnotations };
}

/** Why objects of the class would be refused, in words; null when they would not. */
export function obstacle(source: PreviewClass, target: LabelClass | undefined): string | null {
  if (target === undefined || source.annotations === 0) return null;
  if (target.retired) return `“${target.name}” is retired and takes no new objects.`;
  const refused = source.kinds.filter(({ kind }) => target.shapes.length > 0 && !target.shapes.includes(kind));
  return refused.length === 0
    ? null
    : `“${target.name}” does not allow ${refused.map(({ kind }) => shapesOf(kind)).join(' or ')}; they would be left out.`;
}

export const classesById = (ontology: Ontology | undefined): ReadonlyMap<string, LabelClass> =>
  new Map(ontology?.classes.map((labelClass) => [labelClass.id, labelClass]));

function same(a: Fate, b: Fate): boolean {
  if (a.kind === 'existing') return b.kind === 'existing' && a.classId === b.classId;
  return a.kind === 'new' ? b.kind === 'new' && a.name === b.name : b.kind === 'drop';
}

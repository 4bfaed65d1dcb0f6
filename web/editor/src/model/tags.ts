import { type EditorRecord, imageAttributesClass, isTag, type OutcomeState } from './annotation.ts';
import { classKeys, type LabelClass, type Ontology } from './ontology.ts';

/** What classifying an image changes. */
export type TaggedState = { readonly tags: readonly EditorRecord[]; readonly outcome: OutcomeState };

/** One choice of a level of the class tree. */
export type TagChoice = {
  readonly labelClass: LabelClass;
  readonly key: string | null;
  /** Can itself be a tag of the image. */
  readonly taggable: boolean;
  /** There are choices below it. */
  readonly branch: boolean;
};

/** The tags of an image; what carries the image's own attributes is none. */
export function imageTags(records: readonly EditorRecord[]): readonly EditorRecord[] {
  return records.filter((record) => isTag(record) && record.classId !== imageAttributesClass);
}

/** Whether images can have this tag. A class without any shape named is for drawing. */
export function isTaggable(labelClass: LabelClass): boolean {
  return !labelClass.retired && labelClass.shapes.includes('tag');
}

/**
 * The choices below a class (null = at the top) that are tags or lead to some. Each has a key: its own, otherwise the
 * next free digit, so that every level has all digits.
 */
export function tagChoices({ classes }: Ontology, parentId: string | null): readonly TagChoice[] {
  const leads = new Set<string>();
  for (const c of classes) {
    if (isTaggable(c)) for (const id of ancestors(classes, c.id)) leads.add(id);
  }
  const known = new Set(classes.map(({ id }) => id));
  const parentOf = (c: LabelClass) => (c.parentId !== null && known.has(c.parentId) ? c.parentId : null);
  const level = classes.filter((c) => parentOf(c) === parentId && !c.retired && (isTaggable(c) || leads.has(c.id)));
  const keys = classKeys({ classes: level });
  return level.map((labelClass) => ({
    labelClass,
    key: keys.get(labelClass.id) ?? null,
    taggable: isTaggable(labelClass),
    branch: leads.has(labelClass.id),
  }));
}

/**
 * The tags of an image that gets one more. Where an image has one tag it is that one; otherwise the classes above and
 * below it go, since a class says all that those above it say.
 */
export function tagsWith(ontology: Ontology, tags: readonly string[], classId: string): readonly string[] {
  if (ontology.oneTag === true) return [classId];
  const above = ancestors(ontology.classes, classId);
  const kept = tags.filter((id) => !above.has(id) && !ancestors(ontology.classes, id).has(classId));
  return kept.includes(classId) ? kept : [...kept, classId];
}

/** Ids of the classes above a class. */
function ancestors(classes: readonly LabelClass[], id: string): ReadonlySet<string> {
  const parents = new Map(classes.map((c) => [c.id, c.parentId]));
  const above = new Set<string>();
  for (let at = parents.get(id) ?? null; at !== null && !above.has(at); at = parents.get(at) ?? null) above.add(at);
  return above;
}

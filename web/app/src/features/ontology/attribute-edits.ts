import { textAttributeNames } from '@plumbline/editor';
import type { AttributeDefinition, AttributeKind, Ontology } from '../../api/types.ts';
import { uniqueId } from './class-tree.ts';

export const attributeKinds: Readonly<Record<AttributeKind, string>> = {
  boolean: 'Yes or no',
  number: 'Number',
  text: 'Text',
  select: 'One of a list',
  multiSelect: 'Several of a list',
};

/** A new attribute whose id is free in the whole ontology. */
export function newAttribute(ontology: Ontology, name: string): AttributeDefinition {
  const taken = new Set(
    [...ontology.imageAttributes, ...ontology.classes.flatMap((c) => c.attributes)].map((a) => a.id),
  );
  return {
    id: uniqueId(name, taken),
    name,
    kind: 'boolean',
    required: false,
    options: [],
    minimum: null,
    maximum: null,
    condition: null,
    immutable: false,
  };
}

/** The attributes by which objects of a class are text, without those that are there already. */
export function textAttributesFor(
  ontology: Ontology,
  present: readonly AttributeDefinition[],
): readonly AttributeDefinition[] {
  const names = new Set(present.map((a) => a.name.trim().toLowerCase()));
  const kinds = { transcription: 'text', language: 'text', order: 'number', illegible: 'boolean' } as const;
  return (Object.keys(kinds) as (keyof typeof kinds)[])
    .filter((role) => !names.has(textAttributeNames[role]))
    .map((role) => ({
      ...newAttribute(ontology, textAttributeNames[role]),
      kind: kinds[role],
      minimum: role === 'order' ? 1 : null,
    }));
}

/** The attribute with another kind: what only the old kind had goes. */
export function withKind(attribute: AttributeDefinition, kind: AttributeKind): AttributeDefinition {
  const choice = kind === 'select' || kind === 'multiSelect';
  return {
    ...attribute,
    kind,
    options: choice ? attribute.options : [],
    minimum: kind === 'number' ? attribute.minimum : null,
    maximum: kind === 'number' ? attribute.maximum : null,
  };
}

/** The values an attribute can be asked for in a condition; null when any text may be typed. */
export function conditionValues(attribute: AttributeDefinition): readonly { value: string; label: string }[] | null {
  if (attribute.kind === 'boolean')
    return [
      { value: 'true', label: 'yes' },
      { value: 'false', label: 'no' },
    ];
  if (attribute.options.length === 0) return null;
  return [...new Set(attribute.options)].map((option) => ({ value: option, label: option }));
}

/** Moves the item one place; out of range changes nothing. */
export function moveItem<T>(items: readonly T[], from: number, by: -1 | 1): readonly T[] {
  const to = from + by;
  const item = items[from];
  if (item === undefined || to < 0 || to >= items.length) return items;
  return items.toSpliced(from, 1).toSpliced(to, 0, item);
}

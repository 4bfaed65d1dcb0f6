import type { Attributes, AttributeValue, EditorRecord } from '@plumbline/editor';
import type { AttributeDefinition, Ontology } from '../api/types.ts';

/** Whether the attribute is asked for with these values: its condition holds, and that of the attribute it depends on. */
export function isAsked(
  attribute: AttributeDefinition,
  all: readonly AttributeDefinition[],
  values: Attributes,
  depth = 0,
): boolean {
  if (attribute.condition === null) return true;
  const on = all.find((a) => a.id === attribute.condition?.attributeId);
  if (on === undefined || depth > all.length || !isAsked(on, all, values, depth + 1)) return false;
  return holds(values[on.id], attribute.condition.equalTo);
}

/** The attributes to show, in order. */
export function askedAttributes(
  all: readonly AttributeDefinition[],
  values: Attributes,
): readonly AttributeDefinition[] {
  return all.filter((attribute) => isAsked(attribute, all, values));
}

/** The required attributes that are asked for and have no value. */
export function missingAttributes(
  all: readonly AttributeDefinition[],
  values: Attributes,
): readonly AttributeDefinition[] {
  return askedAttributes(all, values).filter((attribute) => attribute.required && isBlank(values[attribute.id]));
}

/** What is wrong with a value, in words; null when nothing is. */
export function valueProblem(attribute: AttributeDefinition, value: AttributeValue | undefined): string | null {
  if (isBlank(value)) return attribute.required ? 'Required' : null;
  if (attribute.kind === 'number' && typeof value === 'number') {
    if (attribute.minimum !== null && value < attribute.minimum) return `At least ${attribute.minimum}`;
    if (attribute.maximum !== null && value > attribute.maximum) return `At most ${attribute.maximum}`;
  }
  return null;
}

/** What keeps an image from being submitted. */
export interface Missing {
  /** null: the image itself. */
  readonly recordId: string | null;
  readonly names: readonly string[];
}

/** Every object, and the image, that lacks a required attribute. */
export function missingBeforeSubmit(
  records: readonly EditorRecord[],
  imageValues: Attributes,
  ontology: Ontology,
): readonly Missing[] {
  const byId = new Map(ontology.classes.map((c) => [c.id, c.attributes]));
  const missing: Missing[] = [];
  const ofImage = missingAttributes(ontology.imageAttributes, imageValues);
  if (ofImage.length > 0) missing.push({ recordId: null, names: ofImage.map((a) => a.name) });
  for (const record of records) {
    const lacking = missingAttributes(byId.get(record.classId) ?? [], record.attributes);
    if (lacking.length > 0) missing.push({ recordId: record.id, names: lacking.map((a) => a.name) });
  }
  return missing;
}

/** The value that all records share; undefined when they differ or have none. */
export function sharedValue(records: readonly EditorRecord[], attributeId: string): AttributeValue | undefined {
  const [first, ...rest] = records.map((record) => record.attributes[attributeId]);
  const text = JSON.stringify(first);
  return rest.every((value) => JSON.stringify(value) === text) ? first : undefined;
}

export function isBlank(value: AttributeValue | undefined): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

function holds(value: AttributeValue | undefined, equalTo: string): boolean {
  if (value === undefined) return equalTo === 'false';
  return Array.isArray(value) ? value.includes(equalTo) : String(value) === equalTo;
}

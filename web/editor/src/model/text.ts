import { boundsOf } from '../geometry/outline.ts';
import type { ImageBox } from '../geometry/spaces.ts';
import type { AttributeValue, EditorRecord } from './annotation.ts';
import type { AttributeDefinition, LabelClass } from './ontology.ts';

/**
 * The attributes by which objects of a class are text: known by their names, which formats use too. Only the
 * transcription must be there.
 */
export type TextAttributes = {
  readonly transcription: AttributeDefinition;
  readonly language: AttributeDefinition | undefined;
  readonly order: AttributeDefinition | undefined;
  readonly illegible: AttributeDefinition | undefined;
};

/** What the attributes of text are called; capitals do not count. */
export const textAttributeNames = {
  transcription: 'transcription',
  language: 'language',
  order: 'reading order',
  illegible: 'illegible',
} as const;

/** The text attributes of a class; null when its objects are no text. */
export function textAttributes({ attributes }: LabelClass): TextAttributes | null {
  const find = (name: string, ...kinds: readonly AttributeDefinition['kind'][]) =>
    attributes.find((a) => a.name.trim().toLowerCase() === name && kinds.includes(a.kind));
  const transcription = find(textAttributeNames.transcription, 'text');
  if (transcription === undefined) return null;
  return {
    transcription,
    language: find(textAttributeNames.language, 'text', 'select'),
    order: find(textAttributeNames.order, 'number'),
    illegible: find(textAttributeNames.illegible, 'boolean'),
  };
}

/** Ids of the text attributes of a class, as the painter wants them. */
export type TextIds = {
  readonly transcription: string;
  readonly order: string | null;
  readonly illegible: string | null;
};

export function textIds(labelClass: LabelClass): TextIds | null {
  const text = textAttributes(labelClass);
  if (text === null) return null;
  return {
    transcription: text.transcription.id,
    order: text.order?.id ?? null,
    illegible: text.illegible?.id ?? null,
  };
}

/** What is written beside an object that is text; null when nothing is known. */
export function textOf({ attributes }: Pick<EditorRecord, 'attributes'>, ids: TextIds): string | null {
  const value = (id: string | null): AttributeValue | undefined => (id === null ? undefined : attributes[id]);
  const words = value(ids.illegible) === true ? 'illegible' : value(ids.transcription);
  if (typeof words !== 'string' || words === '') return null;
  const order = value(ids.order);
  return typeof order === 'number' ? `${order} · ${words}` : words;
}

/** Whether a text runs from right to left: its first letter that runs either way says so. */
export function isRightToLeft(text: string): boolean {
  return /^[^\p{L}]*[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(text);
}

/**
 * Texts as they are read: line by line from the top, in a line from the left, or from the right where most of it runs
 * that way. A line is what lies beside each other: the middle of one within the height of the other.
 */
export function inReadingOrder(
  records: readonly EditorRecord[],
  transcriptionOf: (record: EditorRecord) => string,
): readonly EditorRecord[] {
  const placed = records.flatMap((record) => {
    const box = boundsOf(record.shape);
    return box === null ? [] : [{ record, box }];
  });
  placed.sort((a, b) => middle(a.box) - middle(b.box));
  const lines: (typeof placed)[] = [];
  for (const item of placed) {
    const line = lines.at(-1);
    const [first] = line ?? [];
    if (line !== undefined && first !== undefined && isBeside(first.box, item.box)) line.push(item);
    else lines.push([item]);
  }
  return lines.flatMap((line) => {
    const backwards = line.filter(({ record }) => isRightToLeft(transcriptionOf(record))).length > line.length / 2;
    line.sort((a, b) => (backwards ? b.box.right - a.box.right : a.box.left - b.box.left));
    return line.map(({ record }) => record);
  });
}

function isBeside(a: ImageBox, b: ImageBox): boolean {
  const within = (y: number, box: ImageBox) => y >= box.top && y <= box.bottom;
  return within(middle(a), b) || within(middle(b), a);
}

function middle({ top, bottom }: ImageBox): number {
  return (top + bottom) / 2;
}

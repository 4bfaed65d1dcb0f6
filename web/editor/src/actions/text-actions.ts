import type { Attributes, EditorRecord } from '../model/annotation.ts';
import { inReadingOrder, type TextAttributes, textAttributes } from '../model/text.ts';
import type { EditorState } from '../state.ts';
import { Edits } from './edits.ts';

export type TypedText = {
  readonly transcription: string;
  readonly language: string;
  readonly illegible: boolean;
};

/** What is written in the picture. */
export class TextActions {
  readonly #state: EditorState;
  readonly #edits: Edits;

  constructor(state: EditorState) {
    this.#state = state;
    this.#edits = new Edits(state);
  }

  /** The text attributes of an object; null when it is no text. */
  attributesOf(id: string): TextAttributes | null {
    const [record] = this.#state.records([id]);
    const labelClass = record === undefined ? undefined : this.#state.classOf(record.classId);
    return labelClass === undefined ? null : textAttributes(labelClass);
  }

  /** What is known of an object's text. */
  textOf(id: string): TypedText | null {
    const [record] = this.#state.records([id]);
    const text = this.attributesOf(id);
    if (record === undefined || text === null) return null;
    const value = (attribute: { readonly id: string } | undefined) => record.attributes[attribute?.id ?? ''];
    return {
      transcription: String(value(text.transcription) ?? ''),
      language: String(value(text.language) ?? ''),
      illegible: value(text.illegible) === true,
    };
  }

  /** Shows the field in which the text of an object is typed; null takes it away. */
  type(id: string | null): void {
    const [record] = id === null ? [] : this.#edits.changeable([id]);
    const isText = record !== undefined && this.#state.editable !== null && this.attributesOf(record.id) !== null;
    if (isText) this.#state.select([record.id]);
    this.#state.typing.set(isText ? record.id : null);
  }

  /** The object whose text Enter is about: the only one that is selected, otherwise the one that was drawn last. */
  get target(): string | null {
    const selected = this.#state.selection.value;
    const newest = this.#state.annotations.value
      .list()
      .reduce<EditorRecord | null>((last, record) => (last === null || record.id > last.id ? record : last), null);
    const id = selected.length === 0 ? newest?.id : selected.length === 1 ? selected[0] : undefined;
    return id !== undefined && this.attributesOf(id) !== null ? id : null;
  }

  /** A text that had no place in the reading order yet gets the next one. */
  set(id: string, typed: TypedText): void {
    const [record] = this.#edits.changeable([id]);
    const text = this.attributesOf(id);
    if (record === undefined || text === null) return;
    const values: Record<string, Attributes[string] | undefined> = {
      ...record.attributes,
      [text.transcription.id]: typed.transcription.trim() === '' ? undefined : typed.transcription.trim(),
    };
    if (text.language !== undefined) values[text.language.id] = typed.language === '' ? undefined : typed.language;
    if (text.illegible !== undefined) values[text.illegible.id] = typed.illegible ? true : undefined;
    const isWritten = typed.illegible || typed.transcription.trim() !== '';
    if (isWritten && text.order !== undefined && values[text.order.id] === undefined) {
      values[text.order.id] = this.#lastPlace() + 1;
    }
    this.#edits.put('Type text', [this.#edits.edited({ ...record, attributes: present(values) })]);
  }

  /** Numbers all texts as they are read. */
  number(): void {
    const texts = this.#texts();
    const words = (record: EditorRecord) => this.textOf(record.id)?.transcription ?? '';
    const ordered = inReadingOrder(texts, words);
    if (ordered.length === 0) {
      this.#state.notify('No class here has a transcription and a reading order.');
      return;
    }
    const numbered = ordered.flatMap((record, i) => {
      const order = this.attributesOf(record.id)?.order;
      if (order === undefined || record.attributes[order.id] === i + 1) return [];
      return [this.#edits.edited({ ...record, attributes: { ...record.attributes, [order.id]: i + 1 } })];
    });
    this.#edits.put('Number texts', numbered);
  }

  #texts(): readonly EditorRecord[] {
    const all = this.#state.annotations.value.list();
    return this.#edits.changeable(
      all.filter(({ id }) => this.attributesOf(id)?.order !== undefined).map(({ id }) => id),
    );
  }

  #lastPlace(): number {
    const places = this.#texts().map((record) => record.attributes[this.attributesOf(record.id)?.order?.id ?? '']);
    return places.reduce<number>((last, place) => (typeof place === 'number' ? Math.max(last, place) : last), 0);
  }
}

function present(values: Readonly<Record<string, Attributes[string] | undefined>>): Attributes {
  return Object.fromEntries(
    Object.entries(values).flatMap(([id, value]) => (value === undefined ? [] : [[id, value]])),
  );
}

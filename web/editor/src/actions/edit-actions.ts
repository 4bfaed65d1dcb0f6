import { limitMove, translated } from '../geometry/moving.ts';
import { boundsOf, union } from '../geometry/outline.ts';
import {
  type Attributes,
  type EarlierState,
  type EditorRecord,
  imageAttributesClass,
  type OutcomeState,
  type Verdict,
} from '../model/annotation.ts';
import { newId } from '../model/ids.ts';
import { allows } from '../model/ontology.ts';
import { withRelations } from '../model/relations.ts';
import { imageTags, type TaggedState, tagsWith } from '../model/tags.ts';
import type { EditorState } from '../state.ts';
import type { Transaction } from '../store/annotation-store.ts';
import { counted, Edits } from './edits.ts';
import { newRecord } from './records.ts';
import { type Reordering, reordered } from './reordering.ts';
import { ViewActions } from './view-actions.ts';

export type AttributeValues = Readonly<Record<string, Attributes[string] | undefined>>;

const pasteOffset = 12;

/**
 * Every edit that a person can make outside of drawing. Each call is one step of undo; ids that don't exist are passed
 * over, and so are locked objects where their content would change.
 */
export class EditActions extends ViewActions {
  readonly #state: EditorState;
  readonly #edits: Edits;
  #clipboard: readonly EditorRecord[] = [];

  constructor(state: EditorState) {
    super(state);
    this.#state = state;
    this.#edits = new Edits(state);
  }

  remove(ids: readonly string[]): void {
    const records = this.#edits.changeable(ids);
    const gone = records.map(({ id }) => id);
    this.#edits.commit(counted('Delete', records), (transaction) => this.#edits.remove(transaction, gone));
  }

  setClass(ids: readonly string[], classId: string): void {
    const target = this.#state.classOf(classId);
    if (target === undefined) return;
    const records = this.#edits.changeable(ids);
    const fitting = records.filter(({ shape }) => allows(target, shape.kind));
    if (fitting.length < records.length) this.#state.notify(`“${target.name}” does not allow this shape.`);
    const changed = fitting.map((record) =>
      record.classId === classId ? record : this.#edits.edited({ ...record, classId, attributes: {} }),
    );
    this.#edits.put(`Change class to ${target.name}`, changed);
  }

  /** Replaces the values named in `values`; `undefined` takes a value away. */
  setAttributes(ids: readonly string[], values: AttributeValues): void {
    const changed = this.#edits
      .changeable(ids)
      .map((record) => this.#edits.edited({ ...record, attributes: withValues(record.attributes, values) }));
    this.#edits.put('Change attributes', changed);
  }

  setIgnore(ids: readonly string[], ignore: boolean): void {
    const label = ignore ? 'Ignore' : 'Stop ignoring';
    this.#edits.put(
      label,
      this.#edits.changeable(ids).map((record) => ({ ...record, ignore })),
    );
  }

  moveInOrder(ids: readonly string[], where: Reordering): void {
    const moved = reordered(this.#state.annotations.value.list(), new Set(ids), where);
    this.#edits.put('Change order', moved);
  }

  /** By image pixels, all together no further than the image's border. */
  nudge(ids: readonly string[], dx: number, dy: number, repeated = false): void {
    const records = this.#edits.changeable(ids);
    const image = this.#state.session?.source.size;
    const bounds = union(records.map(({ shape }) => boundsOf(shape)));
    if (image === undefined || bounds === null) return;
    const by = limitMove(bounds, dx, dy, image);
    const moved = records.map((record) => this.#edits.reshaped(record, translated(record.shape, by.x, by.y)));
    if (!repeated) this.#nudges++;
    this.#edits.put(counted('Nudge', records), moved, `nudge ${this.#nudges}`);
  }
  #nudges = 0;

  duplicate(ids: readonly string[]): void {
    this.#insert('Duplicate', this.#state.records(ids), true);
  }

  /** The clipboard lives in this page and outlives the image. */
  copy(ids: readonly string[]): void {
    this.#clipboard = this.#state.records(ids);
  }

  paste(): void {
    const isHere = this.#clipboard.some(({ id }) => this.#state.session?.store.get(id) !== undefined);
    this.#insert('Paste', this.#clipboard, isHere);
  }

  get canPaste(): boolean {
    return this.#clipboard.length > 0;
  }

  /** Makes these classes the tags of the image; those that it has already stay as they are. */
  setTags(classIds: readonly string[], mergeKey: string | null = null): void {
    const present = imageTags(this.#state.annotations.value.list());
    const missing = classIds.filter((id) => !present.some((tag) => tag.classId === id));
    const added = missing.map((classId) => newRecord({ kind: 'tag' }, classId, this.#state));
    const edit = (transaction: Transaction) => {
      for (const { id, classId } of present) if (!classIds.includes(classId)) transaction.remove(id);
      for (const record of added) transaction.put(record);
    };
    this.#edits.commit('Tag', edit, mergeKey);
  }

  /** Sets or takes away one tag, and with it those that it excludes; see `tagsWith`. */
  toggleTag(classId: string): void {
    const tags = imageTags(this.#state.annotations.value.list()).map((tag) => tag.classId);
    const isSet = tags.includes(classId);
    const { ontology } = this.#state;
    this.setTags(isSet ? tags.filter((id) => id !== classId) : tagsWith(ontology.value, tags, classId));
  }

  /** Puts tags and outcome back to what they were, as undo does where the history of the image is gone. */
  restoreTags({ tags, outcome }: TaggedState): void {
    this.#state.editable?.store.transact(
      'user',
      (transaction) => {
        for (const { id } of imageTags(this.#state.annotations.value.list())) transaction.remove(id);
        for (const tag of tags) transaction.put(tag);
        transaction.setOutcome(outcome);
      },
      { replayed: true },
    );
  }

  /** What a person who was asked about the objects answered; null = as if nobody had been asked. */
  setVerdict(ids: readonly string[], verdict: Verdict | null): void {
    const judged = this.#state.records(ids).map(({ verdict: _, ...record }): EditorRecord => {
      return verdict === null ? record : { ...record, verdict };
    });
    this.#edits.put(verdict === 'unsure' ? 'Unsure' : 'Accept', judged);
  }

  /** The image's own attributes. */
  setImageAttributes(values: AttributeValues): void {
    const known = this.#state.annotations.value.list().find((record) => record.classId === imageAttributesClass);
    const record = known ?? newRecord({ kind: 'tag' }, imageAttributesClass, this.#state);
    const changed = { ...record, attributes: withValues(record.attributes, values) };
    this.#edits.commit('Change image attributes', (transaction) => transaction.put(changed));
  }

  setOutcome(outcome: OutcomeState, mergeKey: string | null = null): void {
    this.#edits.commit('Change outcome', (transaction) => transaction.setOutcome(outcome), mergeKey);
  }

  /**
   * Makes the open image, or one object of it, what it was: an edit like any other, which undo takes back. A mask has all
   * of its pixels again, as its own; what the label map gives others stays.
   */
  bringBack(earlier: EarlierState, label: string, only: string | null = null): void {
    const store = this.#state.editable?.store;
    if (store === undefined) return;
    const records = store.shownEarlier(earlier, only);
    this.#edits.commit(label, (transaction) => {
      for (const id of earlier.deleted) transaction.remove(id);
      for (const record of records) transaction.put(record);
      if (earlier.outcome !== null) transaction.setOutcome(earlier.outcome);
    });
  }

  undo(): void {
    this.#selectExisting(this.#state.editable?.history.undo() ?? []);
  }

  redo(): void {
    this.#selectExisting(this.#state.editable?.history.redo() ?? []);
  }

  /** Puts copies into the open image, moved into it and aside from the originals, and selects them. */
  #insert(label: string, originals: readonly EditorRecord[], aside: boolean): void {
    const session = this.#state.editable;
    if (session === null || originals.length === 0) return;
    const z = this.#state.annotations.value.list().at(-1)?.z ?? 0;
    const shift = aside ? pasteOffset / this.#state.camera.value.scale : 0;
    const bounds = union(originals.map(({ shape }) => boundsOf(shape)));
    const by = bounds === null ? { x: 0, y: 0 } : intoImage(bounds, shift, session.source.size);
    const copies = originals.map((record) => ({
      ...newRecord(translated(record.shape, by.x, by.y), record.classId, this.#state),
      id: newId(),
      z,
      attributes: record.attributes,
      ignore: record.ignore,
    }));
    // Relations among what is copied are copied too.
    const copyOf = new Map(originals.map(({ id }, i) => [id, copies[i]?.id]));
    const related = copies.map((copy, i) => {
      const own = originals[i]?.relations ?? [];
      return withRelations(
        copy,
        own.flatMap(({ predicate, object: id }) => {
          const object = copyOf.get(id);
          return object === undefined ? [] : [{ predicate, object }];
        }),
      );
    });
    this.#edits.put(counted(label, copies), related);
    this.#state.select(copies.map(({ id }) => id));
  }

  #selectExisting(ids: readonly string[]): void {
    if (ids.length > 0) this.#state.select(this.#state.records(ids).map(({ id }) => id));
  }
}

function withValues(attributes: Attributes, values: AttributeValues): Attributes {
  const all = Object.entries({ ...attributes, ...values });
  return Object.fromEntries(all.flatMap(([id, value]) => (value === undefined ? [] : [[id, value]])));
}

/** The way that puts the bounds into the image, `shift` aside where there is room. */
function intoImage(
  bounds: { left: number; top: number; right: number; bottom: number },
  shift: number,
  image: { width: number; height: number },
): { x: number; y: number } {
  const into = {
    x: Math.max(-bounds.left, Math.min(0, image.width - bounds.right)),
    y: Math.max(-bounds.top, Math.min(0, image.height - bounds.bottom)),
  };
  if (shift === 0)
    return {
      x: bounds.left < 0 || bounds.right > image.width ? into.x : 0,
      y: bounds.top < 0 || bounds.bottom > image.height ? into.y : 0,
    };
  return limitMove(bounds, shift, shift, image);
}

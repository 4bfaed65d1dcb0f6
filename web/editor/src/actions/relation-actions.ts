import type { EditorRecord } from '../model/annotation.ts';
import type { PredicateDefinition } from '../model/ontology.ts';
import { joins, withRelations } from '../model/relations.ts';
import type { EditorState } from '../state.ts';
import { Edits } from './edits.ts';

/** What objects have to do with each other. */
export class RelationActions {
  readonly #state: EditorState;
  readonly #edits: Edits;

  constructor(state: EditorState) {
    this.#state = state;
    this.#edits = new Edits(state);
  }

  /** The predicate in hand where it goes between the two, otherwise the first that does. */
  predicateFor(subjectId: string, objectId: string): PredicateDefinition | null {
    const [subject, object] = [this.#state.records([subjectId])[0], this.#state.records([objectId])[0]];
    if (subject === undefined || object === undefined) return null;
    const all = this.#state.ontology.value.predicates ?? [];
    const current = all.find(({ id }) => id === this.#state.currentPredicate.value);
    const inTurn = current === undefined ? all : [current, ...all];
    return inTurn.find((predicate) => joins(predicate, subject, object)) ?? null;
  }

  /** Says that the subject has the predicate in hand to the object. */
  relate(subjectId: string, objectId: string): void {
    const [subject] = this.#edits.changeable([subjectId]);
    const predicate = this.predicateFor(subjectId, objectId);
    if (subject === undefined || this.#state.editable === null) return;
    if (predicate === null) {
      this.#state.notify('No relation of the ontology goes from the one to the other.');
      return;
    }
    const relation = { predicate: predicate.id, object: objectId };
    this.#put(`Relate: ${predicate.name}`, withRelations(subject, [...(subject.relations ?? []), relation]));
  }

  unrelate(subjectId: string, predicate: string, objectId: string): void {
    const [subject] = this.#edits.changeable([subjectId]);
    if (subject === undefined) return;
    const kept = (subject.relations ?? []).filter((r) => r.predicate !== predicate || r.object !== objectId);
    this.#put('Remove relation', withRelations(subject, kept));
  }

  #put(label: string, record: EditorRecord): void {
    this.#edits.put(label, [record]);
  }
}

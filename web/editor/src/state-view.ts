import type { EditorState } from './state.ts';

/** What everybody may watch of the editor's state. */
export class StateView {
  readonly #state: EditorState;

  constructor(state: EditorState) {
    this.#state = state;
  }

  get image() {
    return this.#state.image;
  }
  get ontology() {
    return this.#state.ontology;
  }
  get annotations() {
    return this.#state.annotations;
  }
  get part() {
    return this.#state.part;
  }
  get outcome() {
    return this.#state.outcome;
  }
  get visibility() {
    return this.#state.visibility;
  }
  get selection() {
    return this.#state.selection;
  }
  get hovered() {
    return this.#state.hovered;
  }
  get selectionFrame() {
    return this.#state.selectionFrame;
  }
  get pointer() {
    return this.#state.pointer;
  }
  get tool() {
    return this.#state.tool;
  }
  get activeVertices() {
    return this.#state.activeVertices;
  }
  get currentPredicate() {
    return this.#state.currentPredicate;
  }
  get typing() {
    return this.#state.typing;
  }
  get preview() {
    return this.#state.preview;
  }
  get busy() {
    return this.#state.busy;
  }
  get currentClass() {
    return this.#state.currentClass;
  }
  get view() {
    return this.#state.view;
  }
  get drawing() {
    return this.#state.drawing;
  }
  get camera() {
    return this.#state.camera;
  }
  get history() {
    return this.#state.history;
  }
  get notice() {
    return this.#state.notice;
  }
}

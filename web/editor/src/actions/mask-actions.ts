import { complement, unionOf } from '../masks/algebra.ts';
import type { EditorState } from '../state.ts';
import { EditorToolContext } from '../tools/context.ts';
import { addingTarget, paintRegion } from '../tools/painting.ts';

/** Edits of masks that no tool makes. Each call is one step of undo. */
export class MaskActions {
  readonly #context: EditorToolContext;

  constructor(state: EditorState) {
    this.#context = new EditorToolContext(state, () => {});
  }

  /** Every pixel that no mask has goes to the selected mask, otherwise to the class in hand. */
  fillRest(): void {
    const context = this.#context;
    const target = addingTarget(context);
    if (target === null) return;
    if (context.part !== null) {
      context.notify('This image has more objects than are loaded, so what is left of it is not known.');
      return;
    }
    const taken = unionOf(context.masks().map(({ shape }) => shape));
    const rest = complement(taken, { x: 0, y: 0, ...context.image });
    if (rest === null) context.notify('No pixel of the image is left.');
    paintRegion(context, target, rest, false, 'Fill the rest');
  }
}

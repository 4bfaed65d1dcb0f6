import { type Editor, imageTags, type TaggedState } from '@plumbline/editor';
import { whenReady } from './when-ready.ts';

interface Step {
  readonly imageId: string;
  readonly before: TaggedState;
}

/** What was classified, image by image, so that undo goes back over images as well. */
export class TaggingSteps {
  readonly #steps: Step[] = [];

  /** Does something to the open image and remembers it, if it changed tags or outcome. */
  record(editor: Editor, imageId: string, act: () => void): void {
    const before = stateOf(editor);
    act();
    if (says(before) !== says(stateOf(editor))) this.#steps.push({ imageId, before });
  }

  /** Takes the last step back, of the open image first; on another image after going there by `go`. */
  undo(editor: Editor, imageId: string, go: (imageId: string) => void): void {
    const last = this.#steps.at(-1);
    if (last === undefined || (last.imageId !== imageId && editor.history.value.undo !== null)) {
      editor.actions.undo();
      return;
    }
    this.#steps.pop();
    const takeBack = () => {
      // The history of an image that was let go of is gone.
      if (editor.history.value.undo !== null) editor.actions.undo();
      else editor.actions.restoreTags(last.before);
    };
    if (last.imageId === imageId) takeBack();
    else whenReady(editor, last.imageId, () => go(last.imageId), takeBack);
  }

  get isEmpty(): boolean {
    return this.#steps.length === 0;
  }
}

function stateOf(editor: Editor): TaggedState {
  return { tags: imageTags(editor.annotations.value.list()), outcome: editor.outcome.value };
}

function says({ tags, outcome }: TaggedState): string {
  return JSON.stringify([tags.map(({ id }) => id), outcome]);
}

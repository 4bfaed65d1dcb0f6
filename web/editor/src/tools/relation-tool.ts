import { boundsOf } from '../geometry/outline.ts';
import type { ImagePoint, ScreenPoint } from '../geometry/spaces.ts';
import type { EditorRecord } from '../model/annotation.ts';
import { defineTool, nothingShown, type Tool, type ToolContext, type ToolPointer, travelled } from './tool.ts';

export const relationTool = defineTool({
  id: 'relation',
  title: 'Relation',
  key: 'D',
  draws: null,
  needs: ({ predicates }) => (predicates ?? []).length > 0,
  edits: true,
  hint: 'Drag from one object to the other, or click both',
  create: (context) => new RelationTool(context),
});

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'from'; readonly subject: string; readonly screen: ScreenPoint; readonly pressed: boolean };

/** Joins two objects by the predicate in hand. */
class RelationTool implements Tool {
  readonly #context: ToolContext;
  #state: State = { kind: 'idle' };

  constructor(context: ToolContext) {
    this.#context = context;
  }

  get busy(): boolean {
    return this.#state.kind !== 'idle';
  }

  down(pointer: ToolPointer): void {
    const hit = this.#context.hit(pointer.image);
    if (this.#state.kind === 'from') {
      this.#complete(this.#state.subject, hit);
      return;
    }
    if (hit === null || this.#context.readOnly) return;
    this.#context.select([]);
    this.#state = { kind: 'from', subject: hit.id, screen: pointer.screen, pressed: true };
  }

  move(pointer: ToolPointer): void {
    const hit = this.#context.hit(pointer.image);
    this.#context.hover(hit?.id ?? null);
    this.#context.setCursor('crosshair');
    if (this.#state.kind === 'idle') return;
    const subject = this.#context.record(this.#state.subject);
    const from = subject === undefined ? null : middleOf(subject);
    if (subject === undefined || from === null) {
      this.cancel();
      return;
    }
    const fits = hit === null || hit.id === subject.id ? null : this.#context.predicateBetween(subject.id, hit.id);
    const aims = hit !== null && hit.id !== subject.id;
    const caption = { at: pointer.image, text: fits ?? 'does not go there' };
    this.#context.show({
      ...nothingShown,
      arrow: { from, to: (fits === null ? null : middleOf(hit as EditorRecord)) ?? pointer.image },
      caption: aims ? caption : null,
    });
  }

  up(pointer: ToolPointer): void {
    const state = this.#state;
    if (state.kind !== 'from' || !state.pressed) return;
    const hit = this.#context.hit(pointer.image);
    if (hit?.id === state.subject || !travelled(state.screen, pointer.screen)) {
      this.#state = { ...state, pressed: false };
    } else this.#complete(state.subject, hit);
  }

  cancel(): void {
    this.#state = { kind: 'idle' };
    this.#context.show(null);
  }

  finish(): void {}

  stepBack(): boolean {
    if (!this.busy) return false;
    this.cancel();
    return true;
  }

  #complete(subject: string, object: EditorRecord | null): void {
    this.cancel();
    if (object !== null && object.id !== subject) this.#context.relate(subject, object.id);
  }
}

function middleOf({ shape }: EditorRecord): ImagePoint | null {
  const box = boundsOf(shape);
  return box === null ? null : { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
}

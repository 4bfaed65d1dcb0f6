import type { SimilarPlace } from '../assist/protocol.ts';
import { overlap } from '../assist/template-match.ts';
import { translated } from '../geometry/moving.ts';
import { boundsOf } from '../geometry/outline.ts';
import type { ImageBox, ImagePoint } from '../geometry/spaces.ts';
import type { EditorRecord, Shape } from '../model/annotation.ts';
import { defineTool, nothingShown, type PreviewShape, type Tool, type ToolContext, type ToolPointer } from './tool.ts';

const lane = 'similar';
/** The search finds what is at least so alike; the setting chooses among it. */
const least = 0.5;
/** A place where an object of the class is already is no proposal. */
const mostOverlap = 0.5;
const leastSide = 4;

type Proposal = { readonly place: SimilarPlace; readonly shape: Shape };
type Search = { readonly pattern: EditorRecord; proposals: readonly Proposal[] | null };

export const similarTool = defineTool({
  id: 'similar',
  title: 'Find similar',
  key: 'Shift+A',
  draws: null,
  edits: true,
  hint: 'Click the object to look for. Enter accepts all that is proposed; Shift+Enter or a click one, Backspace or Ctrl+click throws one away',
  options: [{ setting: 'likeness', title: 'Likeness', minimum: 0.5, maximum: 0.98, step: 0.01 }],
  create: (context) => new SimilarTool(context),
});

/** Proposes copies of an object where the picture looks alike. Nothing is kept that was not accepted. */
class SimilarTool implements Tool {
  readonly #context: ToolContext;
  #search: Search | null = null;
  #hovered: Proposal | null = null;

  constructor(context: ToolContext) {
    this.#context = context;
  }

  get busy(): boolean {
    return this.#search !== null;
  }

  /** With one object selected, the search begins at once. */
  takeInHand(): void {
    const [id, ...others] = this.#context.selection;
    const record = id === undefined || others.length > 0 ? undefined : this.#context.record(id);
    if (record !== undefined) this.#start(record);
  }

  down(pointer: ToolPointer): void {
    if (this.#search === null) {
      const record = this.#context.hit(pointer.image);
      if (record !== null) this.#start(record);
      return;
    }
    const proposal = this.#at(pointer.image);
    if (proposal === null) return;
    if (pointer.ctrl) this.#dismiss(proposal);
    else this.#accept([proposal], 'Accept similar object');
  }

  move(pointer: ToolPointer): void {
    if (this.#search === null) {
      const record = this.#context.hit(pointer.image);
      this.#context.hover(record?.id ?? null);
      this.#context.setCursor(record === null ? 'default' : 'pointer');
      this.#context.show(null);
      return;
    }
    this.#hovered = this.#at(pointer.image);
    this.#context.setCursor(this.#hovered === null ? 'default' : 'pointer');
    this.#show();
  }

  up(): void {}

  cancel(): void {
    this.#search = null;
    this.#hovered = null;
    this.#context.assist.drop(lane);
    this.#context.hover(null);
    this.#context.show(null);
  }

  finish(): void {
    const all = this.#shown;
    if (all.length > 0) this.#accept(all, `Accept ${all.length} similar objects`);
  }

  acceptOne(): boolean {
    const proposal = this.#inHand;
    if (proposal !== null) this.#accept([proposal], 'Accept similar object');
    return proposal !== null;
  }

  stepBack(): boolean {
    if (this.#search === null) return false;
    const proposal = this.#inHand;
    if (proposal === null) this.cancel();
    else this.#dismiss(proposal);
    return true;
  }

  wheel(notches: number): boolean {
    if (this.#search === null) return false;
    const { assistSettings } = this.#context;
    const likeness = Math.min(0.98, Math.max(least, Math.round(100 * assistSettings.likeness - notches) / 100));
    this.#context.assistSettings = { ...assistSettings, likeness };
    return true;
  }

  settingsChanged(): void {
    if (this.#search !== null) this.#show();
  }

  /** As alike as is wished, the best first. */
  get #shown(): readonly Proposal[] {
    const { likeness } = this.#context.assistSettings;
    return this.#search?.proposals?.filter(({ place }) => place.score >= likeness) ?? [];
  }

  /** The one under the pointer, otherwise the best that is left. */
  get #inHand(): Proposal | null {
    return this.#hovered ?? this.#shown[0] ?? null;
  }

  async #start(pattern: EditorRecord): Promise<void> {
    const box = boundsOf(pattern.shape);
    if (this.#context.readOnly || box === null) return;
    if (box.right - box.left < leastSide || box.bottom - box.top < leastSide) {
      this.#context.notify('This object is too small to look for others like it.');
      return;
    }
    // One Backspace too many must not delete the pattern.
    this.#context.select([]);
    const search: Search = { pattern, proposals: null };
    this.#search = search;
    this.#show();
    const found = await this.#context.assist.ask('similar', { box, least }, lane);
    if (this.#search !== search) return;
    search.proposals = (found?.places ?? [])
      .filter((place) => !this.#isTaken(pattern, place.box))
      .map((place) => {
        const shape = translated(pattern.shape, place.box.left - box.left, place.box.top - box.top);
        return { place, shape };
      });
    if (search.proposals.length === 0) {
      if (found !== null) this.#context.notify('Nothing in this image looks like it.');
      this.cancel();
    } else this.#show();
    this.#context.changed();
  }

  #isTaken({ id, classId }: EditorRecord, box: ImageBox): boolean {
    return this.#context.within(box).some((record) => {
      const bounds = record.id === id || record.classId !== classId ? null : boundsOf(record.shape);
      return bounds !== null && overlap(bounds, box) > mostOverlap;
    });
  }

  #at({ x, y }: ImagePoint): Proposal | null {
    const under = this.#shown.filter(
      ({ place: { box } }) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom,
    );
    return under[0] ?? null;
  }

  #accept(accepted: readonly Proposal[], label: string): void {
    const { pattern } = this.#search ?? {};
    if (pattern === undefined) return;
    this.#take(accepted);
    const records = accepted.map(({ shape }) => this.#context.newRecord(shape, pattern.classId, 'assisted'));
    this.#context.commit(label, (transaction) => {
      for (const record of records) transaction.put(record);
    });
  }

  #dismiss(proposal: Proposal): void {
    this.#take([proposal]);
  }

  /** They are proposals no more; without any the search is over. */
  #take(gone: readonly Proposal[]): void {
    if (this.#search === null) return;
    this.#search.proposals = this.#search.proposals?.filter((proposal) => !gone.includes(proposal)) ?? null;
    this.#hovered = null;
    if (this.#shown.length === 0) this.cancel();
    else this.#show();
  }

  #show(): void {
    if (this.#search === null) return;
    const { pattern, proposals } = this.#search;
    const box = boundsOf(pattern.shape);
    const inHand = this.#inHand;
    const shapes = this.#shown.map(
      (proposal): PreviewShape => ({
        id: null,
        classId: pattern.classId,
        shape: proposal.shape,
        look: proposal === inHand ? 'filled' : 'proposed',
      }),
    );
    const text = proposals === null ? 'Looking…' : `${shapes.length} proposed`;
    const at = inHand?.place.box ?? box;
    const score = inHand === null ? '' : ` · ${inHand.place.score.toFixed(2)}`;
    const caption = at === null ? null : { at: { x: at.right, y: at.bottom }, text: text + score };
    this.#context.show({ ...nothingShown, shapes, caption });
  }
}

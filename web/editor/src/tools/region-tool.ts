import type { Outlined, OutlineWish } from '../assist/protocol.ts';
import type { PolygonShape } from '../model/annotation.ts';
import { nothingShown, type Preview, type Tool, type ToolContext, type ToolPointer } from './tool.ts';

type Hand = {
  readonly classId: string;
  polygon: PolygonShape | null;
  /** Counts what has been asked for. */
  version: number;
  /** The polygon is the finest one of what was asked for last. */
  isFine: boolean;
  /** Enter was pressed before the finest one had come. */
  isAwaited: boolean;
};

/**
 * What tools have in common that find a region in the picture: it is shown as soon as it is there, made finer while the
 * hand rests, and becomes an object with Enter.
 */
export abstract class RegionTool implements Tool {
  protected readonly context: ToolContext;
  readonly #lane: string;
  readonly #label: string;
  #hand: Hand | null = null;

  constructor(context: ToolContext, lane: string, label: string) {
    this.context = context;
    this.#lane = lane;
    this.#label = label;
  }

  get busy(): boolean {
    return this.#hand !== null;
  }

  /** The picture is decoded, and what is seen of it read, before the hand begins. */
  takeInHand(): void {
    this.context.assist.ask('look', { box: this.context.camera.visible }, 'ahead');
  }

  abstract down(pointer: ToolPointer): void;
  abstract move(pointer: ToolPointer): void;
  abstract up(pointer: ToolPointer): void;
  abstract stepBack(): boolean;

  finish(): void {
    const hand = this.#hand;
    if (hand === null) return;
    hand.isAwaited = true;
    this.#commitAwaited(hand);
  }

  cancel(): void {
    this.#hand = null;
    this.context.assist.drop(this.#lane);
    this.forget();
    this.context.show(null);
  }

  /** Asks for the region as it is wanted now. */
  protected abstract ask(wish: OutlineWish, lane: string): Promise<Outlined | null>;

  /** Throws away what the subclass knows of the region in hand. */
  protected abstract forget(): void;

  /** What is shown beside the region. */
  protected decoration(): Partial<Preview> {
    return {};
  }

  protected get classId(): string | null {
    return this.#hand?.classId ?? null;
  }

  /** Takes a region in hand; false = no class allows one. */
  protected begin(): boolean {
    const classId = this.context.regionClass();
    if (classId === null) return false;
    this.context.select([]);
    this.#hand = { classId, polygon: null, version: 0, isFine: false, isAwaited: false };
    return true;
  }

  /** What is wanted has changed: asks for it, for a quick answer first. */
  protected async refresh(): Promise<void> {
    const hand = this.#hand;
    if (hand === null) return;
    const version = ++hand.version;
    hand.isFine = false;
    const { detail } = this.context.assistSettings;
    for (const fine of [false, true]) {
      const found = await this.ask({ detail, fine }, this.#lane);
      // A quick answer to what was wanted a moment ago is shown, until the newer one comes.
      if (found === null || this.#hand !== hand || (fine && version !== hand.version)) return;
      hand.polygon = found.polygon;
      hand.isFine = fine;
      this.present();
      if (version !== hand.version) return;
    }
    this.#commitAwaited(hand);
  }

  protected present(): void {
    const { classId, polygon } = this.#hand ?? { classId: '', polygon: null };
    const shapes = polygon === null ? [] : [{ id: null, classId, shape: polygon, look: 'filled' as const }];
    this.context.show({ ...nothingShown, shapes, ...this.decoration() });
  }

  #commitAwaited(hand: Hand): void {
    if (!hand.isAwaited || !hand.isFine || this.#hand !== hand) return;
    const { classId, polygon } = hand;
    const shape = polygon === null ? null : this.context.regionShape(polygon, classId);
    if (shape === null) {
      hand.isAwaited = false;
      this.context.notify('Nothing is in hand that could become an object.');
      return;
    }
    this.cancel();
    const record = this.context.newRecord(shape, classId, 'assisted');
    this.context.commit(this.#label, (transaction) => transaction.put(record));
    this.context.changed();
  }
}

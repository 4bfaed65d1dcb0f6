import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { tight } from '../src/masks/runs.ts';
import { type EditorRecord, type OutcomeState, toRecord, type WireAnnotationSet } from '../src/model/annotation.ts';
import { LabelMap } from '../src/store/label-map.ts';
import { MemoryStorage } from '../src/sync/memory-storage.ts';
import { TestEditor } from '../test/test-editor.ts';
import { act, pick, randomOf } from './random-hands.ts';
import { type Fate, ServerPort } from './server-port.ts';

/** What the test that started this tells of its server; a token for each of two people. */
type Plan = {
  readonly url: string;
  readonly setId: string;
  readonly tokens: readonly string[];
  readonly people: readonly string[];
  readonly edits: number;
  readonly seed: number;
};
type HistoryPage = {
  readonly items: readonly {
    readonly revision: number;
    readonly annotationId: string | null;
    readonly by: { readonly id: string };
  }[];
  readonly next: string | null;
};

const plan: Plan = JSON.parse(process.env.PLUMBLINE_SESSION ?? 'null');
const random = randomOf(plan.seed);

/** One person: an editor that is reloaded now and then, and what survives the reload. */
class Hand {
  readonly port: ServerPort;
  readonly #storage = new MemoryStorage();
  readonly #person: string;
  /** What is there before the first reload. */
  editor!: TestEditor;
  bad = false;

  constructor(index: number) {
    const fates: readonly Fate[] = ['arrives', 'requestLost', 'answerLost'];
    this.port = new ServerPort(plan.url, plan.tokens[index] as string, () =>
      this.bad ? pick(random, fates) : 'arrives',
    );
    this.#person = plan.people[index] as string;
  }

  /** A new page on the same browser. */
  async open(): Promise<void> {
    this.port.offline = false;
    const elsewhere = { port: this.port, setId: plan.setId };
    this.editor = await TestEditor.open({ elsewhere, storage: this.#storage, person: this.#person });
  }

  async reload(): Promise<void> {
    // The page goes when its journal is written, as IndexedDB does even for a page that is closed.
    await tick();
    this.editor.dispose();
    await this.open();
  }

  /** Decides what is open, whichever way. */
  decide(): void {
    for (const { id } of this.editor.conflicts.value) this.editor.resolveConflict(id, pick(random, ['mine', 'theirs']));
    for (const { id } of this.editor.rejections.value) this.editor.discardRejection(id);
  }

  async settle(): Promise<void> {
    this.bad = false;
    this.port.offline = false;
    this.editor.retrySaving();
    await this.editor.whenSaved();
  }
}

/** The set as the server has it, masks with all of their pixels. */
async function onServer(port: ServerPort) {
  const set = await port.get<WireAnnotationSet>(`/annotation-sets/${plan.setId}`);
  const labels = new LabelMap();
  labels.reset(set.tiles);
  const records = set.annotations.map((annotation) => labels.filled(toRecord(annotation)));
  return { set, hash: canonicalHash(records, { outcome: set.outcome, reason: set.outcomeReason }) };
}

const tick = () => new Promise((resolve) => setTimeout(resolve, 2));

/** Of all that people decide, in one form: who and when is the server's to say. */
function canonicalHash(records: readonly EditorRecord[], { outcome, reason }: OutcomeState): string {
  const content = records
    .map(({ id, classId, shape, attributes, z, groupId, ignore, score, relations, verdict }) => {
      const rest = { relations: relations ?? [], verdict: verdict ?? null };
      const one = shape.kind === 'mask' ? (tight(shape) ?? shape) : shape;
      return sorted({ id, classId, shape: one, attributes, z, groupId, ignore, score, ...rest });
    })
    .sort((a, b) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([content, outcome, reason]))
    .digest('hex');
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_, part) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

it(`two people and the server agree after ${plan.edits} edits with a bad network and reloads`, async () => {
  const hands = [new Hand(0), new Hand(1)];
  for (const hand of hands) await hand.open();
  let reloads = 0;
  for (let i = 0; i < plan.edits; i++) {
    const hand = pick(random, hands);
    act(hand.editor, random);
    const luck = random();
    if (luck < 0.02) {
      await hand.reload();
      reloads++;
    } else if (luck < 0.06) hand.port.offline = true;
    else if (luck < 0.1) hand.bad = !hand.bad;
    else if (luck < 0.2) {
      hand.port.offline = false;
      hand.editor.retrySaving();
    } else if (luck < 0.4) hand.port.resync();
    else if (luck < 0.45) hand.decide();
    if (luck > 0.7) await tick();
  }

  // Deciding is editing: the other may have to decide then, until nothing is open.
  for (let round = 0; round < 20; round++) {
    for (const hand of hands) {
      hand.decide();
      await hand.settle();
    }
    for (const hand of hands) hand.port.resync();
    for (let i = 0; i < 50; i++) await tick();
    if (hands.every(({ editor }) => editor.conflicts.value.length + editor.rejections.value.length === 0)) break;
  }
  for (const hand of hands) await hand.settle();

  const [ann, ben] = hands as [Hand, Hand];
  const { set, hash } = await onServer(ann.port);
  for (const hand of hands) {
    await expect
      .poll(() => canonicalHash(hand.editor.records(), hand.editor.outcome.value), { timeout: 30_000 })
      .toBe(hash);
  }

  const log = new Map<string, string>();
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: HistoryPage = await ann.port.get(
      `/annotation-sets/${plan.setId}/history?limit=1000${cursor === '' ? '' : `&cursor=${cursor}`}`,
    );
    for (const { revision, annotationId, by } of page.items) log.set(`${annotationId} ${revision}`, by.id);
    cursor = page.next;
  }
  const missing = [ann, ben].flatMap(({ port }) =>
    port.acknowledged.filter(({ id, revision }) => revision > 0 && !log.has(`${id} ${revision}`)),
  );
  expect(missing).toEqual([]);
  for (const id of plan.people) expect([...log.values()]).toContain(id);
  const acknowledged = ann.port.acknowledged.length + ben.port.acknowledged.length;
  process.stdout.write(
    `${plan.edits} edits, ${reloads} reloads, ${acknowledged} changes acknowledged, revision ${set.revision}, ${set.annotations.length} objects, hash ${hash}\n`,
  );
});

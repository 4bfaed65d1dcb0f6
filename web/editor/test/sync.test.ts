import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { toRecord } from '../src/model/annotation.ts';
import { newId } from '../src/model/ids.ts';
import { MemoryStorage } from '../src/sync/memory-storage.ts';
import { FakeServer, Network } from './fake-server.ts';
import { draw, one, settle } from './sync-helpers.ts';
import { box, TestEditor, wire } from './test-editor.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe('Outbox', () => {
  it('sends each gesture as one change set', async () => {
    const editor = await TestEditor.open({ server: one() });
    expect(editor.saveStatus.value).toEqual({ kind: 'saved', at: null });
    editor.select(['a']);
    editor.drag([
      [20, 20],
      [25, 20],
      [30, 20],
    ]);
    expect(editor.saveStatus.value).toEqual({ kind: 'unsaved', count: 1 });
    await editor.whenSaved();
    expect(editor.server.changeSets).toBe(1);
    expect(editor.server.annotations()[0]?.shape).toEqual(box(20, 10, 30, 30));
    expect(editor.saveStatus.value.kind).toBe('saved');
  });

  it('sends the newest state of what changed while another change set was on its way', async () => {
    const editor = await TestEditor.open({ server: one() });
    for (let i = 0; i < 5; i++) editor.actions.nudge(['a'], 1, 0);
    await editor.whenSaved();
    expect(editor.server.changeSets).toBeLessThanOrEqual(2);
    expect(editor.server.annotations()[0]?.shape).toEqual(box(15, 10, 30, 30));
  });

  it('never tells the server of what was drawn and taken back before it was sent', async () => {
    const network = new Network();
    const editor = await TestEditor.open({ server: one(), network });
    network.failure = 'signInNeeded';
    editor.actions.nudge(['a'], 1, 0);
    await settle();
    draw(editor);
    editor.actions.undo();
    network.failure = null;
    editor.retrySaving();
    await editor.whenSaved();
    expect(editor.server.applied.map(({ id }) => id)).toEqual(['a']);
  });

  it('keeps work in hand over an ended session', async () => {
    const network = new Network();
    const editor = await TestEditor.open({ server: one(), network });
    network.failure = 'signInNeeded';
    draw(editor);
    await settle();
    expect(editor.saveStatus.value).toEqual({ kind: 'signInNeeded', count: 1 });
    network.failure = null;
    editor.retrySaving();
    await editor.whenSaved();
    expect(editor.server.annotations()).toHaveLength(2);
  });

  it('tries again by itself while offline, later each time', async () => {
    const network = new Network();
    const editor = await TestEditor.open({ server: one(), network });
    vi.useFakeTimers();
    network.plan.push('lostRequest', 'lostAnswer');
    draw(editor);
    await settle();
    expect(editor.saveStatus.value).toMatchObject({ kind: 'offline', count: 1 });
    await vi.advanceTimersByTimeAsync(1000);
    expect(editor.saveStatus.value.kind).toBe('offline');
    await vi.advanceTimersByTimeAsync(2000);
    expect(editor.saveStatus.value.kind).toBe('saved');
    expect(editor.server.annotations()).toHaveLength(2);
    expect(editor.server.changeSets).toBe(1);
  });

  it('says when the server refuses everything, and tries again when asked', async () => {
    const network = new Network();
    const editor = await TestEditor.open({ server: one(), network });
    network.failure = 'rejected';
    draw(editor);
    await settle();
    expect(editor.saveStatus.value).toEqual({ kind: 'blocked', count: 1, message: 'rejected' });
    network.failure = null;
    editor.retrySaving();
    await editor.whenSaved();
    expect(editor.server.annotations()).toHaveLength(2);
  });
});

describe('Journal', () => {
  it('brings back what a closed tab had not sent, also when its answer was lost', async () => {
    const storage = new MemoryStorage();
    const server = one();
    const network = new Network();
    const first = await TestEditor.open({ server, network, storage });
    network.plan.push('lostAnswer');
    draw(first, 50);
    await settle();
    network.failure = 'offline';
    draw(first, 20);
    await settle();
    const drawn = first.records();
    first.dispose();

    const second = await TestEditor.open({ server, storage });
    expect(second.records()).toEqual(drawn);
    await second.whenSaved();
    expect(server.annotations().map(toRecord)).toEqual([...drawn].sort((a, b) => (a.id < b.id ? -1 : 1)));
    expect(server.applied.filter(({ id }) => id === drawn[1]?.id)).toHaveLength(1);
  });

  it('does not send one person’s work as another’s', async () => {
    const storage = new MemoryStorage();
    const server = one();
    const network = new Network();
    const ann = await TestEditor.open({ server, network, storage, person: 'ann' });
    network.failure = 'offline';
    draw(ann);
    await settle();
    ann.dispose();
    const bob = await TestEditor.open({ server, storage, person: 'bob' });
    expect(bob.records()).toHaveLength(1);
    await bob.whenSaved();
    expect(server.annotations()).toHaveLength(1);
  });

  it('works on in memory, and says so, when nothing can be written down', async () => {
    const storage = new MemoryStorage();
    const network = new Network();
    const editor = await TestEditor.open({ server: one(), network, storage });
    vi.spyOn(storage, 'write').mockRejectedValue(new DOMException('full', 'QuotaExceededError'));
    network.plan.push('lostRequest');
    draw(editor);
    await settle();
    expect(editor.saveStatus.value).toEqual({ kind: 'machineFull', where: 'browser', count: 1 });
    editor.retrySaving();
    await editor.whenSaved();
    expect(editor.server.annotations()).toHaveLength(2);
  });
});

describe('Two clients', () => {
  it('see each other’s changes, and deletions', async () => {
    const server = one();
    const [ann, bob] = [await TestEditor.open({ server }), await TestEditor.open({ server, person: 'bob' })];
    draw(ann);
    ann.actions.remove(['a']);
    await ann.whenSaved();
    await settle();
    expect(bob.records()).toEqual(ann.records());
    expect(bob.records()).toHaveLength(1);
    expect(bob.history.value.undo).toBeNull();
  });

  it('converge to the server with every acknowledged change in it, whatever the network does', async () => {
    const fate = fc.constantFrom('ok' as const, 'ok' as const, 'lostRequest' as const, 'lostAnswer' as const);
    const action = fc.record({
      client: fc.nat(1),
      kind: fc.constantFrom('add', 'nudge', 'nudge', 'remove', 'undo', 'redo', 'wait', 'outcome'),
      target: fc.nat(5),
      fate,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 30 }), async (script) => {
        const server = new FakeServer(newId(), [wire('a', box(10, 10, 30, 30)), wire('b', box(40, 40, 9, 9))]);
        const networks = [new Network(), new Network()] as const;
        const editors = await Promise.all(
          networks.map((network, i) => TestEditor.open({ server, network, person: `p${i}` })),
        );
        for (const { client, kind, target, fate: next } of script) {
          const editor = editors[client];
          if (editor === undefined) continue;
          networks[client]?.plan.push(next);
          const ids = editor
            .records()
            .slice(target, target + 1)
            .map(({ id }) => id);
          if (kind === 'add') draw(editor, 5 * target);
          else if (kind === 'nudge') editor.actions.nudge(ids, 1, 0);
          else if (kind === 'remove') editor.actions.remove(ids);
          else if (kind === 'undo') editor.actions.undo();
          else if (kind === 'redo') editor.actions.redo();
          else if (kind === 'outcome') editor.actions.setOutcome({ outcome: 'unusable', reason: `${target}` });
          else await settle();
        }
        for (const network of networks) network.plan.length = 0;
        for (let round = 0; round < 3; round++) {
          for (const editor of editors) {
            editor.retrySaving();
            await editor.whenSaved();
          }
          await settle();
        }
        const truth = server.annotations().map(toRecord);
        for (const editor of editors) {
          expect([...editor.records()].sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(truth);
          expect(editor.outcome.value).toEqual({ outcome: server.outcome.outcome, reason: server.outcome.reason });
          editor.dispose();
        }
        const lastApplied = new Map(server.applied.map(({ id, annotation }) => [id, annotation]));
        for (const [id, annotation] of lastApplied) expect(server.rows.get(id)?.annotation).toEqual(annotation);
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});

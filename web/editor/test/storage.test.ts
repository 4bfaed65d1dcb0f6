import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { newId } from '../src/model/ids.ts';
import { IndexedDbStorage } from '../src/sync/indexed-db-storage.ts';
import { Journal, type JournalStorage } from '../src/sync/journal.ts';
import { MemoryStorage } from '../src/sync/memory-storage.ts';
import type { PendingChange } from '../src/sync/pending.ts';
import { Tabs } from '../src/sync/tabs.ts';

const change = (id: string): PendingChange => ({ id, value: null, revision: 1 });
const changeSet = (changeSetId: string) => ({ changeSetId, baseRevision: 1, clientId: 'tab', changes: [] });
const nobody = async () => new Set<string>();

const refused = { ...change('r'), rule: 'bad-shape', message: 'No' };

describe.each<[string, () => JournalStorage]>([
  ['memory', () => new MemoryStorage()],
  ['IndexedDB', () => new IndexedDbStorage()],
])('Journal in %s', (_, create) => {
  it('hands over everything of a tab that is gone, once', async () => {
    const [storage, server] = [create(), newId()];
    const first = new Journal(storage, server, 'ann', 'tab1');
    await first.keepWaiting('set', [change('a'), change('b'), change('c')], []);
    await first.keepWaiting('set', [], ['c']);
    expect(await first.startSending('set', changeSet('s1'), ['a'])).toEqual(new Set(['a']));
    await first.startSending('other', changeSet('s2'), []);
    await first.finishSending('other', 's2', { rejected: [refused], conflicts: [], yielded: [] });

    const second = new Journal(storage, server, 'ann', 'tab2');
    const left = await second.recover(nobody);
    expect(left.get('set')).toEqual({ waiting: [change('b')], sending: [changeSet('s1')], rejected: [], conflict: [] });
    expect(left.get('other')?.rejected).toEqual([{ ...change('r'), rule: 'bad-shape', message: 'No' }]);
    expect((await second.recover(nobody)).size).toBe(0);
    expect((await new Journal(storage, server, 'ann', 'tab3').recover(nobody)).get('set')?.waiting).toHaveLength(1);
  });

  it('leaves alone what living tabs and other people have', async () => {
    const [storage, server] = [create(), newId()];
    await new Journal(storage, server, 'ann', 'tab1').keepWaiting('set', [change('a')], []);
    await new Journal(storage, server, 'bob', 'tab2').keepWaiting('set', [change('b')], []);
    const journal = new Journal(storage, server, 'ann', 'tab3');
    expect((await journal.recover(async () => new Set(['tab1']))).size).toBe(0);
  });

  it('tells which changes another tab has taken over', async () => {
    const [storage, server] = [create(), newId()];
    const frozen = new Journal(storage, server, 'ann', 'tab1');
    await frozen.keepWaiting('set', [change('a')], []);
    await new Journal(storage, server, 'ann', 'tab2').recover(nobody);
    await frozen.keepWaiting('set', [change('b')], []);
    expect(await frozen.startSending('set', changeSet('s'), ['a', 'b'])).toEqual(new Set(['b']));
  });

  it('forgets a refused change when its object is changed again', async () => {
    const [storage, server] = [create(), newId()];
    const journal = new Journal(storage, server, 'ann', 'tab1');
    await journal.finishSending('set', 's', { rejected: [refused], conflicts: [], yielded: [] });
    await journal.keepWaiting('set', [change('r')], []);
    const left = await new Journal(storage, server, 'ann', 'tab2').recover(nobody);
    expect(left.get('set')).toEqual({ waiting: [change('r')], sending: [], rejected: [], conflict: [] });
  });
});

describe('Tabs', () => {
  it('answer each other, and pass on what was acknowledged', async () => {
    const [server, heard] = [newId(), [] as unknown[]];
    const first = new Tabs(server, 'ann', 'tab1', (acknowledged) => heard.push(acknowledged));
    const second = new Tabs(server, 'ann', 'tab2', () => heard.push('own'));
    const stranger = new Tabs(server, 'bob', 'tab3', () => heard.push('stranger'));
    expect(await second.living()).toEqual(new Set(['tab1']));
    second.tell({ setId: 'set', changes: [change('a')] });
    await expect.poll(() => heard).toEqual([{ setId: 'set', changes: [change('a')] }]);
    for (const tabs of [first, second, stranger]) tabs.dispose();
  });
});

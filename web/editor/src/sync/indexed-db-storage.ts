import { compacted, expanded } from '../model/compact.ts';
import type { JournalEntry, JournalKey, JournalStorage } from './journal.ts';

const databaseName = 'plumbline-journal';
const storeName = 'entries';

/** The journal on disk. */
export class IndexedDbStorage implements JournalStorage {
  #database: Promise<IDBDatabase> | null = null;

  async list(server: string, user: string): Promise<readonly JournalEntry[]> {
    const store = (await this.#open()).transaction(storeName).objectStore(storeName);
    const range = IDBKeyRange.bound([server, user], [server, user, []]);
    const [keys, values] = await Promise.all([settled(store.getAllKeys(range)), settled(store.getAll(range))]);
    return keys.map((key, i) => ({ key: key as unknown as JournalKey, value: expanded(values[i]) }));
  }

  async write(puts: readonly JournalEntry[], deletes: readonly JournalKey[]): Promise<readonly JournalKey[]> {
    const transaction = (await this.#open()).transaction(storeName, 'readwrite', { durability: 'strict' });
    const store = transaction.objectStore(storeName);
    const present: JournalKey[] = [];
    for (const key of deletes) {
      store.count([...key]).onsuccess = (event) => {
        if ((event.target as IDBRequest<number>).result > 0) present.push(key);
      };
      store.delete([...key]);
    }
    for (const { key, value } of puts) store.put(compacted(value), [...key]);
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error('The journal could not be written.'));
    });
    return present;
  }

  #open(): Promise<IDBDatabase> {
    this.#database ??= openDatabase().catch((error: unknown) => {
      this.#database = null;
      throw error;
    });
    return this.#database;
  }
}

async function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(databaseName, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(storeName);
  const database = await settled(request);
  database.onversionchange = () => database.close();
  return database;
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The journal could not be read.'));
  });
}

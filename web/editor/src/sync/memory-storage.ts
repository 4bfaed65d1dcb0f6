import type { JournalEntry, JournalKey, JournalStorage } from './journal.ts';

/** A journal that lives as long as the page. */
export class MemoryStorage implements JournalStorage {
  readonly #entries = new Map<string, JournalEntry>();

  async list(server: string, user: string): Promise<readonly JournalEntry[]> {
    return [...this.#entries.values()]
      .filter(({ key }) => key[0] === server && key[1] === user)
      .sort((a, b) => (String(a.key) < String(b.key) ? -1 : 1));
  }

  async write(puts: readonly JournalEntry[], deletes: readonly JournalKey[]): Promise<readonly JournalKey[]> {
    const present = deletes.filter((key) => this.#entries.delete(String(key)));
    for (const entry of puts) this.#entries.set(String(entry.key), entry);
    return present;
  }
}

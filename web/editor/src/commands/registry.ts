import { Cell, type Observable } from '../model/observable.ts';
import type { KeyName } from './keymap.ts';

export type CommandGroup = 'Tools' | 'Edit' | 'Objects' | 'Shapes' | 'Classes' | 'View' | 'Image' | 'App';

export type Command = {
  /** Stable, e.g. `edit.undo`; key maps refer to it. */
  readonly id: string;
  readonly title: string;
  readonly group: CommandGroup;
  /** Keys unless the person has chosen others. */
  readonly keys: readonly KeyName[];
  /** Belongs to a way of working that takes its keys from other commands while it lasts. */
  readonly over?: true;
  enabled(): boolean;
  /** `repeated`: the key is being held. */
  run(repeated: boolean): void;
};

/** Makes a command; what it does comes last, so that tables of commands read like tables. */
export function command(
  group: CommandGroup,
  id: string,
  title: string,
  keys: readonly string[],
  behaviour: Pick<Command, 'enabled' | 'run' | 'over'>,
): Command {
  return { id, title, group, keys, ...behaviour };
}

/** A person's own keys by command id; an empty list takes all keys from the command. */
export type KeyMap = Readonly<Record<string, readonly KeyName[]>>;

export type KeyConflict = { readonly key: KeyName; readonly commandIds: readonly string[] };

/** All commands and their keys. */
export class CommandRegistry {
  readonly #commands = new Map<string, Command>();
  readonly #keyMap = new Cell<KeyMap>({});
  readonly #list = new Cell<readonly Command[]>([]);

  /** All commands, in the order of registering; changes when some come or go. */
  get list(): Observable<readonly Command[]> {
    return this.#list;
  }

  get keyMap(): Observable<KeyMap> {
    return this.#keyMap;
  }

  setKeyMap(keyMap: KeyMap): void {
    this.#keyMap.set(keyMap);
  }

  /** Adds commands; an id that exists already is replaced. Returns how to remove them. */
  register(...commands: readonly Command[]): () => void {
    for (const command of commands) {
      this.#commands.delete(command.id); // what replaces it comes last, like all that is new
      this.#commands.set(command.id, command);
    }
    this.#list.set([...this.#commands.values()]);
    return () => {
      for (const command of commands) {
        if (this.#commands.get(command.id) === command) this.#commands.delete(command.id);
      }
      this.#list.set([...this.#commands.values()]);
    };
  }

  get(id: string): Command | undefined {
    return this.#commands.get(id);
  }

  /** The keys of a command, the person's own first of all. */
  keysOf(id: string): readonly KeyName[] {
    return this.#keyMap.value[id] ?? this.#commands.get(id)?.keys ?? [];
  }

  /** Runs the command if it is enabled; tells whether it ran. */
  run(id: string, repeated = false): boolean {
    const command = this.#commands.get(id);
    if (command === undefined || !command.enabled()) return false;
    command.run(repeated);
    return true;
  }

  /** Runs the enabled command of this key; tells whether one ran. */
  runKey(key: KeyName, repeated = false): boolean {
    const claiming = [...this.#commands.values()].filter(({ id }) => this.keysOf(id).includes(key));
    const inTurn = [...claiming.filter(({ over }) => over), ...claiming.filter(({ over }) => !over)];
    return inTurn.some(({ id }) => this.run(id, repeated));
  }

  /** Keys that several commands claim. */
  conflicts(): readonly KeyConflict[] {
    const claims = new Map<KeyName, string[]>();
    for (const command of this.#commands.values()) {
      if (command.over) continue;
      for (const key of this.keysOf(command.id)) claims.set(key, [...(claims.get(key) ?? []), command.id]);
    }
    return [...claims].filter(([, ids]) => ids.length > 1).map(([key, commandIds]) => ({ key, commandIds }));
  }
}

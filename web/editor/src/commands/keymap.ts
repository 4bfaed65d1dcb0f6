/**
 * A key in words: modifiers in the order `Ctrl+Alt+Shift`, then the key, e.g. `Ctrl+Shift+Z`, `Delete`, `1`, `]`, `?`.
 * `Ctrl` stands for Command on a Mac. Shift is named only with letters, digits and named keys: `?` is `?`.
 */
export type KeyName = string;

/** What is needed of a `KeyboardEvent`. */
export type KeyPress = {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
};

const named: Readonly<Record<string, string>> = { ' ': 'Space', Esc: 'Escape', Del: 'Delete' };

/**
 * The names that a pressed key answers to, the most exact first: the sign that it types, and for a key of the digit row
 * its digit too, so that `1` works on layouts that type digits with Shift. Empty for a modifier alone.
 */
export function keyNames(press: KeyPress): readonly KeyName[] {
  if (['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'Dead'].includes(press.key)) return [];
  const prefix = `${press.ctrlKey || press.metaKey ? 'Ctrl+' : ''}${press.altKey ? 'Alt+' : ''}`;
  const shift = press.shiftKey ? 'Shift+' : '';
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(press.code)?.[1];
  const isSymbol = press.key.length === 1 && !/[\p{L}\p{N} ]/u.test(press.key);
  const plain = named[press.key] ?? (press.key.length === 1 ? press.key.toUpperCase() : press.key);
  if (isSymbol) return digit === undefined ? [prefix + plain] : [prefix + plain, prefix + shift + digit];
  return [prefix + shift + (digit ?? plain)];
}

/** The most exact name of a pressed key, or null for a modifier alone. */
export function keyName(press: KeyPress): KeyName | null {
  return keyNames(press)[0] ?? null;
}

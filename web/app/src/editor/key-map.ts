import type { Editor, KeyMap } from '@plumbline/editor';

const storageKey = 'plumbline-editor-keys';

/** Gives commands the keys that the person chose; the browser keeps them. */
export function saveKeyMap(editor: Editor, keyMap: KeyMap): void {
  editor.commands.setKeyMap(keyMap);
  localStorage.setItem(storageKey, JSON.stringify(keyMap));
}

/** The keys as the browser kept them; what is not a key map counts as none. */
export function loadKeyMap(editor: Editor): void {
  editor.commands.setKeyMap(parseKeyMap(localStorage.getItem(storageKey)));
}

/** A list of keys by command id; anything else is left out. */
export function parseKeyMap(text: string | null): KeyMap {
  let value: unknown = null;
  try {
    value = JSON.parse(text ?? '{}');
  } catch {
    return {};
  }
  if (typeof value !== 'object' || value === null) return {};
  const isKeys = (keys: unknown): keys is string[] =>
    Array.isArray(keys) && keys.every((key) => typeof key === 'string');
  return Object.fromEntries(Object.entries(value).flatMap(([id, keys]) => (isKeys(keys) ? [[id, keys]] : [])));
}

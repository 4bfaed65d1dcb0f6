/** Which images are selected, as in a file manager. Ids refer to a list in display order. */
export interface Selection {
  readonly selected: ReadonlySet<string>;
  /** Where a range begins. */
  readonly anchor: string | null;
  /** Where the keyboard is. */
  readonly focus: string | null;
}

export interface Modifiers {
  readonly range: boolean;
  readonly toggle: boolean;
}

export const nothingSelected: Selection = { selected: new Set(), anchor: null, focus: null };

/** A click: alone it selects one, with `toggle` it adds or takes away one, with `range` all from the anchor. */
export function press(selection: Selection, ids: readonly string[], id: string, with_: Modifiers): Selection {
  if (with_.range) return extend(selection, ids, id, with_.toggle);
  if (!with_.toggle) return { selected: new Set([id]), anchor: id, focus: id };
  const selected = new Set(selection.selected);
  if (!selected.delete(id)) selected.add(id);
  return { selected, anchor: id, focus: id };
}

/** An arrow key moved the focus by `by` places, no further than the ends; Ctrl moves it without selecting. */
export function moveFocus(selection: Selection, ids: readonly string[], by: number, with_: Modifiers): Selection {
  const from = selection.focus === null ? -1 : ids.indexOf(selection.focus);
  const target = ids[from < 0 ? 0 : Math.max(0, Math.min(ids.length - 1, from + by))];
  if (target === undefined) return selection;
  if (with_.toggle && !with_.range) return { ...selection, focus: target };
  return press(selection, ids, target, { range: with_.range, toggle: false });
}

export function selectAll(selection: Selection, ids: readonly string[]): Selection {
  return { ...selection, selected: new Set(ids) };
}

/** Without the images that are gone. The same object when nothing is. */
export function keepOnly(selection: Selection, ids: ReadonlySet<string>): Selection {
  const kept = [...selection.selected].filter((id) => ids.has(id));
  const known = (id: string | null) => (id !== null && ids.has(id) ? id : null);
  const anchor = known(selection.anchor);
  const focus = known(selection.focus);
  if (kept.length === selection.selected.size && anchor === selection.anchor && focus === selection.focus) {
    return selection;
  }
  return { selected: new Set(kept), anchor, focus };
}

function extend(selection: Selection, ids: readonly string[], id: string, add: boolean): Selection {
  const anchor = selection.anchor ?? id;
  const [a, b] = [ids.indexOf(anchor), ids.indexOf(id)];
  const range = a < 0 || b < 0 ? [id] : ids.slice(Math.min(a, b), Math.max(a, b) + 1);
  return { selected: new Set(add ? [...selection.selected, ...range] : range), anchor, focus: id };
}

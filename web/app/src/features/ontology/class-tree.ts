import type { LabelClass, Ontology } from '../../api/types.ts';
import { nextColor } from './palette.ts';

/** One line of the class tree. */
export interface ClassRow {
  readonly labelClass: LabelClass;
  readonly depth: number;
  readonly childCount: number;
  readonly expanded: boolean;
}

export type ClassPatch = Partial<Omit<LabelClass, 'id'>>;

/** Where a class goes: below `parentId`, before its child `beforeId`, or last when that is null. */
export interface ClassPlace {
  readonly parentId: string | null;
  readonly beforeId: string | null;
}

/** The children of each class in display order; the top level under null. */
export function childrenByParent(classes: readonly LabelClass[]): ReadonlyMap<string | null, readonly LabelClass[]> {
  const known = new Set(classes.map((c) => c.id));
  const children = new Map<string | null, LabelClass[]>();
  for (const c of classes) {
    const parent = c.parentId !== null && known.has(c.parentId) ? c.parentId : null;
    const list = children.get(parent);
    if (list === undefined) children.set(parent, [c]);
    else list.push(c);
  }
  return children;
}

/** The tree as lines. With a search, the classes whose name, key or id matches, under their ancestors, all expanded. */
export function classRows(
  classes: readonly LabelClass[],
  collapsed: ReadonlySet<string>,
  search: string,
): readonly ClassRow[] {
  const children = childrenByParent(classes);
  const wanted = search.trim() === '' ? null : matchesAndAncestors(classes, search.trim().toLowerCase());
  const rows: ClassRow[] = [];
  const walk = (parentId: string | null, depth: number) => {
    for (const labelClass of children.get(parentId) ?? []) {
      if (wanted !== null && !wanted.has(labelClass.id)) continue;
      const childCount = children.get(labelClass.id)?.length ?? 0;
      const expanded = wanted !== null || !collapsed.has(labelClass.id);
      rows.push({ labelClass, depth, childCount, expanded });
      if (expanded) walk(labelClass.id, depth + 1);
    }
  };
  walk(null, 0);
  return rows;
}

function matchesAndAncestors(classes: readonly LabelClass[], needle: string): ReadonlySet<string> {
  const byId = new Map(classes.map((c) => [c.id, c]));
  const wanted = new Set<string>();
  for (const c of classes) {
    if (!c.name.toLowerCase().includes(needle) && c.id !== needle && c.key !== needle) continue;
    for (let at: LabelClass | undefined = c; at !== undefined && !wanted.has(at.id); ) {
      wanted.add(at.id);
      at = at.parentId === null ? undefined : byId.get(at.parentId);
    }
  }
  return wanted;
}

/** The class and all below it. */
export function subtreeIds(classes: readonly LabelClass[], id: string): ReadonlySet<string> {
  const children = childrenByParent(classes);
  const ids = new Set<string>();
  const walk = (at: string) => {
    if (ids.has(at)) return;
    ids.add(at);
    for (const child of children.get(at) ?? []) walk(child.id);
  };
  walk(id);
  return ids;
}

/** "vehicle ▸ car": the names from the top. */
export function classPath(classes: readonly LabelClass[], id: string): string {
  const byId = new Map(classes.map((c) => [c.id, c]));
  const names: string[] = [];
  const seen = new Set<string>();
  for (let at = byId.get(id); at !== undefined && !seen.has(at.id); ) {
    seen.add(at.id);
    names.unshift(at.name);
    at = at.parentId === null ? undefined : byId.get(at.parentId);
  }
  return names.join(' ▸ ');
}

/**
 * Adds a class for each name that is not empty and not yet a name below the parent, with the next free colour and, for
 * the first ten classes of the ontology, a number key.
 */
export function addClasses(ontology: Ontology, names: readonly string[], parentId: string | null): Ontology {
  const classes = [...ontology.classes];
  const ids = new Set(classes.map((c) => c.id));
  const siblings = new Set(classes.filter((c) => c.parentId === parentId).map((c) => c.name.toLowerCase()));
  const colors = classes.map((c) => c.color);
  const keys = new Set(classes.map((c) => c.key));
  for (const raw of names) {
    const name = raw.trim().slice(0, 200);
    if (name === '' || siblings.has(name.toLowerCase())) continue;
    const id = uniqueId(name, ids);
    const color = nextColor(colors);
    const key = [...'1234567890'].find((k) => !keys.has(k)) ?? null;
    ids.add(id);
    siblings.add(name.toLowerCase());
    colors.push(color);
    keys.add(key);
    classes.push({
      id,
      name,
      parentId,
      color,
      key,
      shapes: [],
      description: '',
      examples: [],
      attributes: [],
      skeletonId: null,
      retired: false,
    });
  }
  return { ...ontology, classes };
}

export function updateClass(ontology: Ontology, id: string, patch: ClassPatch): Ontology {
  return { ...ontology, classes: ontology.classes.map((c) => (c.id === id ? { ...c, ...patch } : c)) };
}

/** Removes the class and all below it. */
export function removeClass(ontology: Ontology, id: string): Ontology {
  const gone = subtreeIds(ontology.classes, id);
  const left = (ids: readonly string[]) => ids.filter((other) => !gone.has(other));
  // What went only between classes that are gone goes nowhere now, not everywhere.
  const predicates = ontology.predicates
    .filter(({ from, to }) => [from, to].every((ids) => ids.length === 0 || left(ids).length > 0))
    .map((p) => ({ ...p, from: left(p.from), to: left(p.to) }));
  return { ...ontology, classes: ontology.classes.filter((c) => !gone.has(c.id)), predicates };
}

/** Moves a class with all below it. A move below itself changes nothing. */
export function moveClass(ontology: Ontology, id: string, place: ClassPlace): Ontology {
  const moving = ontology.classes.find((c) => c.id === id);
  if (moving === undefined || place.beforeId === id) return ontology;
  if (place.parentId !== null && subtreeIds(ontology.classes, id).has(place.parentId)) return ontology;
  const rest = ontology.classes.filter((c) => c.id !== id);
  const before = place.beforeId === null ? -1 : rest.findIndex((c) => c.id === place.beforeId);
  const at = before < 0 ? rest.length : before;
  return { ...ontology, classes: rest.toSpliced(at, 0, { ...moving, parentId: place.parentId }) };
}

export type NudgeDirection = 'up' | 'down' | 'in' | 'out';

/** One step in the tree: up or down among its siblings, in below the sibling above, out behind its parent. */
export function nudgeClass(ontology: Ontology, id: string, direction: NudgeDirection): Ontology {
  const children = childrenByParent(ontology.classes);
  const moving = ontology.classes.find((c) => c.id === id);
  if (moving === undefined) return ontology;
  const siblings = children.get(moving.parentId) ?? [];
  const at = siblings.indexOf(moving);
  const above = siblings[at - 1];
  switch (direction) {
    case 'up':
      return above === undefined
        ? ontology
        : moveClass(ontology, id, { parentId: moving.parentId, beforeId: above.id });
    case 'down': {
      if (at + 1 >= siblings.length) return ontology;
      return moveClass(ontology, id, { parentId: moving.parentId, beforeId: siblings[at + 2]?.id ?? null });
    }
    case 'in':
      return above === undefined ? ontology : moveClass(ontology, id, { parentId: above.id, beforeId: null });
    case 'out': {
      const parent = ontology.classes.find((c) => c.id === moving.parentId);
      if (parent === undefined) return ontology;
      const uncles = children.get(parent.parentId) ?? [];
      const next = uncles[uncles.indexOf(parent) + 1];
      return moveClass(ontology, id, { parentId: parent.parentId, beforeId: next?.id ?? null });
    }
  }
}

/** A readable id made of the name ("Stop sign" → `stop-sign`), with a number when it is taken. At most 64 characters. */
export function uniqueId(name: string, taken: ReadonlySet<string>): string {
  const slug =
    name
      .normalize('NFKD')
      .replace(/[\u0300-\u036f]/g, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 56) || 'class';
  let id = slug;
  for (let n = 2; taken.has(id); n++) id = `${slug}-${n}`;
  return id;
}

/** Where a class dropped on `target` goes: the top quarter of a line is before it, the bottom quarter behind, else below it. */
export function dropPlace(ontology: Ontology, target: LabelClass, fraction: number): ClassPlace {
  if (fraction >= 0.25 && fraction <= 0.75) return { parentId: target.id, beforeId: null };
  if (fraction < 0.25) return { parentId: target.parentId, beforeId: target.id };
  const siblings = childrenByParent(ontology.classes).get(target.parentId) ?? [];
  return { parentId: target.parentId, beforeId: siblings[siblings.indexOf(target) + 1]?.id ?? null };
}

/** Puts classes that were removed since `base` back as retired ones, behind the others; below their parent if it is there. */
export function retireRemoved(ontology: Ontology, base: Ontology, ids: ReadonlySet<string>): Ontology {
  const present = new Set(ontology.classes.map((c) => c.id));
  const back = base.classes.filter((c) => ids.has(c.id) && !present.has(c.id));
  for (const c of back) present.add(c.id);
  const retired = back.map((c) => ({
    ...c,
    retired: true,
    parentId: c.parentId !== null && present.has(c.parentId) ? c.parentId : null,
  }));
  return { ...ontology, classes: [...ontology.classes, ...retired] };
}

import type {
  AttributeDefinition,
  LabelClass,
  Ontology,
  PredicateDefinition,
  SkeletonDefinition,
} from '../../api/types.ts';
import { isColor } from './palette.ts';

/** One thing to put right before an ontology can be saved. */
export interface OntologyProblem {
  /** The class, attribute or skeleton it is about. */
  readonly subjectId: string;
  /** The class that an attribute belongs to; null for an attribute of the image, and for what is no attribute. */
  readonly classId: string | null;
  readonly field: string;
  readonly message: string;
}

/** Everything the server would refuse, in the order of the page. */
export function ontologyProblems(ontology: Ontology): readonly OntologyProblem[] {
  return [
    ...classProblems(ontology),
    ...attributeProblems(ontology.imageAttributes, null),
    ...ontology.predicates.flatMap((p) => predicateProblems(p, ontology.predicates)),
    ...ontology.skeletons.flatMap((s) => skeletonProblems(s, ontology.skeletons)),
  ];
}

/** Classes that want the same key, by key. */
export function keyConflicts(classes: readonly LabelClass[]): ReadonlyMap<string, readonly LabelClass[]> {
  const byKey = new Map<string, LabelClass[]>();
  for (const c of classes) {
    if (c.key === null) continue;
    const list = byKey.get(c.key);
    if (list === undefined) byKey.set(c.key, [c]);
    else list.push(c);
  }
  return new Map([...byKey].filter(([, list]) => list.length > 1));
}

function classProblems(ontology: Ontology): OntologyProblem[] {
  const problems: OntologyProblem[] = [];
  const conflicts = keyConflicts(ontology.classes);
  const skeletons = new Set(ontology.skeletons.map((s) => s.id));
  const names = new Map<string, string>();
  for (const c of ontology.classes) {
    const report = (field: string, message: string) =>
      problems.push({ subjectId: c.id, classId: c.id, field, message });
    if (c.name.trim() === '') report('name', 'A class needs a name.');
    const place = `${c.parentId ?? ''}\n${c.name.trim().toLowerCase()}`;
    if (c.name.trim() !== '' && names.has(place)) report('name', `There are two “${c.name}” at the same level.`);
    names.set(place, c.id);
    if (!isColor(c.color)) report('color', 'A colour is written #rrggbb.');
    const others = c.key === null ? undefined : conflicts.get(c.key)?.filter((o) => o.id !== c.id);
    if (others?.[0] !== undefined) report('key', `Key ${c.key} is also the key of “${others[0].name}”.`);
    if (c.skeletonId !== null && !skeletons.has(c.skeletonId)) report('skeletonId', 'Its skeleton is gone.');
    if (c.skeletonId !== null && c.shapes.length > 0 && !c.shapes.includes('keypoints')) {
      report('shapes', 'A class with a skeleton must allow keypoints.');
    }
    problems.push(...attributeProblems(c.attributes, c.id));
  }
  return problems;
}

function attributeProblems(attributes: readonly AttributeDefinition[], classId: string | null): OntologyProblem[] {
  const problems: OntologyProblem[] = [];
  const names = new Set<string>();
  for (const a of attributes) {
    const report = (field: string, message: string) => problems.push({ subjectId: a.id, classId, field, message });
    const name = a.name.trim().toLowerCase();
    if (name === '') report('name', 'An attribute needs a name.');
    else if (names.has(name)) report('name', `There are two attributes “${a.name}”.`);
    names.add(name);
    const choice = a.kind === 'select' || a.kind === 'multiSelect';
    if (choice && a.options.length === 0) report('options', 'List at least one option.');
    if (choice && new Set(a.options).size < a.options.length) report('options', 'An option is listed twice.');
    if (a.minimum !== null && a.maximum !== null && a.minimum > a.maximum) {
      report('maximum', 'The largest value is below the smallest.');
    }
    const fault = conditionFault(a, attributes);
    if (fault !== null) report('condition', fault);
  }
  return problems;
}

function conditionFault(a: AttributeDefinition, all: readonly AttributeDefinition[]): string | null {
  if (a.condition === null) return null;
  const on = a.condition.attributeId;
  if (on === a.id) return 'It cannot depend on itself.';
  const target = all.find((other) => other.id === on);
  if (target === undefined) return 'The attribute it depends on is gone.';
  const seen = new Set([a.id]);
  for (let at: AttributeDefinition | undefined = target; at !== undefined; ) {
    if (seen.has(at.id)) return 'The conditions go round in a circle.';
    seen.add(at.id);
    const next: string | undefined = at.condition?.attributeId;
    at = next === undefined ? undefined : all.find((other) => other.id === next);
  }
  const { equalTo } = a.condition;
  if (target.options.length > 0 && !target.options.includes(equalTo)) {
    return `“${equalTo}” is no option of “${target.name}”.`;
  }
  return null;
}

function predicateProblems(p: PredicateDefinition, all: readonly PredicateDefinition[]): OntologyProblem[] {
  const name = p.name.trim().toLowerCase();
  const report = (message: string) => [{ subjectId: p.id, classId: null, field: 'name', message }];
  if (name === '') return report('A relation needs a name.');
  return all.some((o) => o !== p && o.name.trim().toLowerCase() === name)
    ? report(`There are two relations “${p.name}”.`)
    : [];
}

function skeletonProblems(s: SkeletonDefinition, all: readonly SkeletonDefinition[]): OntologyProblem[] {
  const problems: OntologyProblem[] = [];
  const report = (field: string, message: string) => problems.push({ subjectId: s.id, classId: null, field, message });
  if (s.name.trim() === '') report('name', 'A skeleton needs a name.');
  if (all.some((o) => o !== s && o.name.trim().toLowerCase() === s.name.trim().toLowerCase())) {
    report('name', `There are two skeletons “${s.name}”.`);
  }
  if (s.points.length === 0) report('points', 'List at least one point.');
  if (s.points.some((p) => p.trim() === '')) report('points', 'A point needs a name.');
  if (new Set(s.points).size < s.points.length) report('points', 'A point is listed twice.');
  const bad = (pair: { from: number; to: number }) =>
    pair.from === pair.to || Math.max(pair.from, pair.to) >= s.points.length || Math.min(pair.from, pair.to) < 0;
  if (s.edges.some(bad)) report('edges', 'A line joins two different points.');
  if (s.mirrored.some(bad)) report('mirrored', 'A mirrored pair is two different points.');
  const mirrored = s.mirrored.flatMap((pair) => [pair.from, pair.to]);
  if (new Set(mirrored).size < mirrored.length) report('mirrored', 'A point is in two mirrored pairs.');
  return problems;
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AttributeDefinition, Ontology } from '../../src/api/types.ts';
import { describeChanges, mergeOntologies } from '../../src/features/ontology/changes.ts';
import {
  addClasses,
  classPath,
  classRows,
  moveClass,
  nudgeClass,
  removeClass,
  subtreeIds,
  uniqueId,
  updateClass,
} from '../../src/features/ontology/class-tree.ts';
import { newDraft, reduceDraft } from '../../src/features/ontology/draft.ts';
import { keyConflicts, ontologyProblems } from '../../src/features/ontology/problems.ts';

const empty: Ontology = { classes: [], imageAttributes: [], skeletons: [], predicates: [], oneTag: false };
const roads = addClasses(addClasses(empty, ['vehicle', 'person', 'sign'], null), ['car', 'bus', 'truck'], 'vehicle');
const ids = (ontology: Ontology) =>
  classRows(ontology.classes, new Set(), '').map((r) => `${r.depth}${r.labelClass.id}`);

function attribute(patch: Partial<AttributeDefinition> & { id: string }): AttributeDefinition {
  return {
    name: patch.id,
    kind: 'boolean',
    required: false,
    options: [],
    minimum: null,
    maximum: null,
    condition: null,
    immutable: false,
    ...patch,
  };
}

describe('class tree', () => {
  it('adds a pasted list once each, with readable ids, keys and different colours', () => {
    const added = addClasses(empty, ['Stop sign', ' stop sign ', '', 'Café', '猫'], null);
    expect(added.classes.map((c) => c.id)).toEqual(['stop-sign', 'cafe', '猫']);
    expect(added.classes.map((c) => c.key)).toEqual(['1', '2', '3']);
    expect(new Set(added.classes.map((c) => c.color)).size).toBe(3);
  });

  it('gives a taken id a number and never exceeds 64 characters', () => {
    expect(uniqueId('Car', new Set(['car', 'car-2']))).toBe('car-3');
    expect(uniqueId('x'.repeat(300), new Set()).length).toBeLessThanOrEqual(64);
    expect(uniqueId('!!!', new Set())).toBe('class');
  });

  it('shows children below their parent, hides those of a collapsed one, and finds with ancestors', () => {
    expect(ids(roads)).toEqual(['0vehicle', '1car', '1bus', '1truck', '0person', '0sign']);
    expect(classRows(roads.classes, new Set(['vehicle']), '').map((r) => r.labelClass.id)).toEqual([
      'vehicle',
      'person',
      'sign',
    ]);
    expect(classRows(roads.classes, new Set(['vehicle']), 'BUS').map((r) => r.labelClass.id)).toEqual([
      'vehicle',
      'bus',
    ]);
    expect(classPath(roads.classes, 'bus')).toBe('vehicle ▸ bus');
  });

  it('nudges up, down, in and out', () => {
    expect(ids(nudgeClass(roads, 'bus', 'up'))).toEqual(['0vehicle', '1bus', '1car', '1truck', '0person', '0sign']);
    expect(ids(nudgeClass(roads, 'bus', 'down'))).toEqual(['0vehicle', '1car', '1truck', '1bus', '0person', '0sign']);
    expect(ids(nudgeClass(roads, 'person', 'in'))).toEqual(['0vehicle', '1car', '1bus', '1truck', '1person', '0sign']);
    expect(ids(nudgeClass(roads, 'car', 'out'))).toEqual(['0vehicle', '1bus', '1truck', '0car', '0person', '0sign']);
    expect(nudgeClass(roads, 'vehicle', 'up')).toBe(roads);
  });

  it('never loses a class and never makes a circle, whatever is moved where', () => {
    const id = fc.constantFrom(...roads.classes.map((c) => c.id));
    const move = fc.record({ id, parentId: fc.option(id), beforeId: fc.option(id) });
    fc.assert(
      fc.property(fc.array(move), (moves) => {
        const moved = moves.reduce((o, { id: what, ...place }) => moveClass(o, what, place), roads);
        expect(classRows(moved.classes, new Set(), '').length).toBe(roads.classes.length);
      }),
    );
  });

  it('removes a class with all below it', () => {
    expect([...subtreeIds(roads.classes, 'vehicle')]).toEqual(['vehicle', 'car', 'bus', 'truck']);
    expect(removeClass(roads, 'vehicle').classes.map((c) => c.id)).toEqual(['person', 'sign']);
  });
});

describe('problems', () => {
  it('finds nothing wrong with a fresh ontology', () => {
    expect(ontologyProblems(roads)).toEqual([]);
  });

  it('shows both sides of a key conflict', () => {
    const clash = updateClass(roads, 'car', { key: '1' });
    expect([...keyConflicts(clash.classes).keys()]).toEqual(['1']);
    expect(ontologyProblems(clash).map((p) => [p.subjectId, p.field])).toEqual([
      ['vehicle', 'key'],
      ['car', 'key'],
    ]);
  });

  it.each<[string, AttributeDefinition[], string]>([
    ['no options', [attribute({ id: 'a', kind: 'select' })], 'options'],
    ['an option twice', [attribute({ id: 'a', kind: 'multiSelect', options: ['x', 'x'] })], 'options'],
    ['smallest above largest', [attribute({ id: 'a', kind: 'number', minimum: 2, maximum: 1 })], 'maximum'],
    ['no name', [attribute({ id: 'a', name: ' ' })], 'name'],
    ['same name', [attribute({ id: 'a', name: 'x' }), attribute({ id: 'b', name: 'X' })], 'name'],
    ['condition on itself', [attribute({ id: 'a', condition: { attributeId: 'a', equalTo: 'true' } })], 'condition'],
    ['condition on nothing', [attribute({ id: 'a', condition: { attributeId: 'z', equalTo: 'true' } })], 'condition'],
    [
      'condition on no option',
      [
        attribute({ id: 'a', kind: 'select', options: ['x'] }),
        attribute({ id: 'b', condition: { attributeId: 'a', equalTo: 'y' } }),
      ],
      'condition',
    ],
  ])('refuses an attribute with %s', (_, attributes, field) => {
    const problems = ontologyProblems(updateClass(roads, 'car', { attributes }));
    expect(problems.map((p) => p.field)).toEqual([field]);
    expect(problems[0]?.classId).toBe('car');
  });

  it('refuses a skeleton on a class that allows no keypoints', () => {
    const skeletons = [{ id: 's', name: 'hand', points: ['a'], edges: [], mirrored: [] }];
    const boxed = updateClass({ ...roads, skeletons }, 'car', { skeletonId: 's', shapes: ['box'] });
    expect(ontologyProblems(boxed).map((p) => p.field)).toEqual(['shapes']);
    expect(ontologyProblems(updateClass(boxed, 'car', { shapes: [] }))).toEqual([]);
  });

  it('refuses conditions in a circle and skeletons with dangling lines', () => {
    const circle = [
      attribute({ id: 'a', condition: { attributeId: 'b', equalTo: 'true' } }),
      attribute({ id: 'b', condition: { attributeId: 'a', equalTo: 'true' } }),
    ];
    expect(ontologyProblems({ ...empty, imageAttributes: circle }).length).toBe(2);
    const skeleton = { id: 's', name: 'hand', points: ['a', 'b'], edges: [{ from: 0, to: 2 }], mirrored: [] };
    expect(ontologyProblems({ ...empty, skeletons: [skeleton] }).map((p) => p.field)).toEqual(['edges']);
  });
});

describe('two people on one ontology', () => {
  it('joins changes of different things and different fields', () => {
    const mine = updateClass(addClasses(roads, ['tram'], null), 'car', { color: '#000000' });
    const theirs = removeClass(updateClass(roads, 'car', { name: 'Car' }), 'sign');
    const { merged, clashes } = mergeOntologies(roads, mine, theirs);
    expect(clashes).toEqual([]);
    expect(merged.classes.map((c) => c.id)).toEqual(['vehicle', 'person', 'car', 'bus', 'truck', 'tram']);
    expect(merged.classes.find((c) => c.id === 'car')).toMatchObject({ name: 'Car', color: '#000000' });
  });

  it('keeps mine where both changed one field, and says so', () => {
    const { merged, clashes } = mergeOntologies(
      roads,
      updateClass(roads, 'car', { name: 'auto' }),
      updateClass(roads, 'car', { name: 'automobile' }),
    );
    expect(merged.classes.find((c) => c.id === 'car')?.name).toBe('auto');
    expect(clashes).toEqual([{ subjectId: 'car', name: 'auto', field: 'name', mine: 'auto', theirs: 'automobile' }]);
  });

  it('keeps what one changed and the other removed', () => {
    const { merged } = mergeOntologies(roads, removeClass(roads, 'sign'), updateClass(roads, 'sign', { name: 'Sign' }));
    expect(merged.classes.some((c) => c.id === 'sign')).toBe(true);
  });

  it('says in words what changed', () => {
    const next = updateClass(removeClass(addClasses(roads, ['tram'], null), 'sign'), 'car', { name: 'Car', key: 'c' });
    expect(describeChanges(roads, next).map((c) => c.text)).toEqual([
      'Renamed class “car” to “Car”',
      'Changed key of “Car”',
      'Added class “tram”',
      'Removed class “sign”',
    ]);
    expect(describeChanges(roads, nudgeClass(roads, 'bus', 'up')).map((c) => c.text)).toEqual(['Reordered classes']);
  });
});

describe('draft', () => {
  it('undoes to the start, and typing is one step', () => {
    const type = (name: string) =>
      ({ kind: 'edit', key: 'car.name', next: (o: Ontology) => updateClass(o, 'car', { name }) }) as const;
    let draft = newDraft(roads);
    for (const name of ['C', 'Ca', 'Car']) draft = reduceDraft(draft, type(name));
    draft = reduceDraft(draft, { kind: 'edit', next: (o) => removeClass(o, 'sign') });
    expect(draft.past.length).toBe(2);
    const back = reduceDraft(reduceDraft(draft, { kind: 'undo' }), { kind: 'undo' });
    expect(back.present).toBe(roads);
    expect(reduceDraft(reduceDraft(back, { kind: 'redo' }), { kind: 'redo' }).present).toEqual(draft.present);
  });

  it('does not count an edit that changes nothing', () => {
    const draft = newDraft(roads);
    expect(reduceDraft(draft, { kind: 'edit', next: (o) => o })).toBe(draft);
  });
});

import type { EditorRecord, Shape, WireAnnotation } from '@plumbline/editor';
import { describe, expect, it } from 'vitest';
import type { AttributeDefinition, ImageSummary, LabelClass, Ontology } from '../../src/api/types.ts';
import { askedAttributes, missingBeforeSubmit, sharedValue, valueProblem } from '../../src/editor/attributes.ts';
import { describeHistoryItem, type HistoryItem } from '../../src/editor/history-entries.ts';
import { clickSelection, objectRows } from '../../src/editor/object-groups.ts';
import { saveWords } from '../../src/editor/save-words.ts';
import { type Place, stepTo, toPrefetch } from '../../src/editor/sequence.ts';
import { boundsOf, pathData } from '../../src/editor/shape-outline.ts';

const labelClass = (id: string, attributes: readonly AttributeDefinition[] = []): LabelClass => ({
  id,
  name: id,
  parentId: null,
  color: '#000000',
  key: null,
  shapes: [],
  description: '',
  examples: [],
  attributes,
  skeletonId: null,
  retired: false,
});
const attribute = (id: string, patch: Partial<AttributeDefinition> = {}): AttributeDefinition => ({
  id,
  name: id,
  kind: 'text',
  required: false,
  options: [],
  minimum: null,
  maximum: null,
  condition: null,
  immutable: false,
  ...patch,
});
const record = (id: string, classId: string, patch: Partial<EditorRecord> = {}): EditorRecord => ({
  id,
  classId,
  shape: { kind: 'box', x: 0, y: 0, width: 1, height: 1 },
  attributes: {},
  z: 0,
  groupId: null,
  ignore: false,
  score: null,
  provenance: { origin: 'drawn', by: null, at: null },
  ...patch,
});
const image = (id: string) => ({ id }) as ImageSummary;

describe('attributes', () => {
  const colour = attribute('colour', { kind: 'select', options: ['red', 'other'], required: true });
  const which = attribute('which', { condition: { attributeId: 'colour', equalTo: 'other' }, required: true });
  const shade = attribute('shade', { condition: { attributeId: 'which', equalTo: 'teal' } });
  const all = [colour, which, shade];
  const asked = (values: Record<string, string>) => askedAttributes(all, values).map((a) => a.id);

  it('asks by condition, through a chain of them', () => {
    expect(asked({})).toEqual(['colour']);
    expect(asked({ colour: 'other' })).toEqual(['colour', 'which']);
    expect(asked({ colour: 'other', which: 'teal' })).toEqual(['colour', 'which', 'shade']);
    expect(asked({ colour: 'red', which: 'teal' })).toEqual(['colour']);
  });

  it('takes a tick that was never set for no, and looks into lists', () => {
    const tick = attribute('tick', { kind: 'boolean' });
    const why = attribute('why', { condition: { attributeId: 'tick', equalTo: 'false' } });
    expect(askedAttributes([tick, why], {}).length).toBe(2);
    expect(askedAttributes([tick, why], { tick: true }).length).toBe(1);
    const list = attribute('list', { kind: 'multiSelect', options: ['a', 'b'] });
    const more = attribute('more', { condition: { attributeId: 'list', equalTo: 'b' } });
    expect(askedAttributes([list, more], { list: ['a', 'b'] }).length).toBe(2);
  });

  it('finds what is missing before a submit, on objects and on the image', () => {
    const ontology: Ontology = {
      classes: [labelClass('car', all)],
      imageAttributes: [attribute('weather', { required: true })],
      skeletons: [],
      oneTag: false,
      predicates: [],
    };
    const records = [record('1', 'car'), record('2', 'car', { attributes: { colour: 'other' } }), record('3', 'x')];
    expect(missingBeforeSubmit(records, {}, ontology)).toEqual([
      { recordId: null, names: ['weather'] },
      { recordId: '1', names: ['colour'] },
      { recordId: '2', names: ['which'] },
    ]);
  });

  it('says what is wrong with a number', () => {
    const doors = attribute('doors', { kind: 'number', minimum: 2, maximum: 5 });
    expect([1, 3, 6].map((n) => valueProblem(doors, n))).toEqual(['At least 2', null, 'At most 5']);
    expect(valueProblem({ ...doors, required: true }, undefined)).toBe('Required');
  });

  it('shows a value that all selected objects share', () => {
    const red = { attributes: { colour: 'red' } };
    expect(sharedValue([record('1', 'car', red), record('2', 'car', red)], 'colour')).toBe('red');
    expect(sharedValue([record('1', 'car', red), record('2', 'car')], 'colour')).toBeUndefined();
  });
});

describe('objects panel', () => {
  const classes = [labelClass('person'), labelClass('car')];
  const records = [record('b', 'car'), record('a', 'car'), record('c', 'person'), record('d', 'gone')];
  const lines = (search = '', collapsed: string[] = []) =>
    objectRows(records, classes, new Set(collapsed), search).map((row) =>
      row.kind === 'class' ? `${row.name} (${row.count})` : row.name,
    );

  it('groups in the order of the ontology and numbers by age, whatever the drawing order', () => {
    expect(lines()).toEqual(['person (1)', 'person 1', 'car (2)', 'car 1', 'car 2', 'gone (1)', 'gone 1']);
    expect(objectRows(records, classes, new Set(), '')[3]).toMatchObject({ record: { id: 'a' } });
  });

  it('hides the objects of a closed class and finds by name', () => {
    expect(lines('', ['car'])).toEqual(['person (1)', 'person 1', 'car (2)', 'gone (1)', 'gone 1']);
    expect(lines('car 2', ['car'])).toEqual(['car (1)', 'car 2']);
  });

  it('leaves image tags out', () => {
    const tag = record('t', 'car', { shape: { kind: 'tag' } });
    expect(objectRows([tag, record('i', '@image')], classes, new Set(), '')).toEqual([]);
  });

  it('selects one, some and a range', () => {
    const order = ['a', 'b', 'c', 'd'];
    expect(clickSelection(['a'], order, 'c', { range: false, toggle: false })).toEqual(['c']);
    expect(clickSelection(['a'], order, 'c', { range: false, toggle: true })).toEqual(['a', 'c']);
    expect(clickSelection(['a', 'c'], order, 'a', { range: false, toggle: true })).toEqual(['c']);
    expect([...clickSelection(['b'], order, 'd', { range: true, toggle: false })].sort()).toEqual(['b', 'c', 'd']);
  });
});

describe('place in the list', () => {
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(image) as [ImageSummary, ImageSummary, ImageSummary, ImageSummary];
  const place: Place = { image: b, neighbours: { index: 1, count: 9, previous: [a], next: [c, d] } };

  it('steps forward and back without asking', () => {
    expect(stepTo(place, 'c')).toEqual({
      image: c,
      neighbours: { index: 2, count: 9, previous: [a, b], next: [d] },
    });
    expect(stepTo(place, 'a')?.neighbours).toEqual({ index: 0, count: 9, previous: [], next: [b, c, d] });
    expect(stepTo(place, 'z')).toBeNull();
    const there = stepTo(place, 'd');
    expect(there && stepTo(there, 'b')?.neighbours.next).toEqual([c, d]);
  });

  it('fetches ahead what is wanted next', () => {
    expect(toPrefetch(place.neighbours).map((i) => i.id)).toEqual(['c', 'd', 'a']);
  });
});

describe('outlines for previews', () => {
  it.each<[string, Shape, [number, number, number, number]]>([
    ['a box', { kind: 'box', x: 2, y: 3, width: 4, height: 5 }, [2, 3, 6, 8]],
    ['a turned box', { kind: 'rotatedBox', cx: 0, cy: 0, width: 4, height: 2, angle: Math.PI / 2 }, [-1, -2, 1, 2]],
    ['an ellipse', { kind: 'ellipse', cx: 1, cy: 1, rx: 3, ry: 1, angle: 0 }, [-2, 0, 4, 2]],
    [
      'a polygon with a hole',
      { kind: 'polygon', parts: [{ outer: [0, 0, 9, 0, 9, 9], holes: [[1, 1, 2, 1, 2, 2]] }] },
      [0, 0, 9, 9],
    ],
    ['keypoints, absent ones left out', { kind: 'keypoints', points: [5, 5, 2, 99, 99, 0] }, [3, 3, 7, 7]],
  ])('finds the bounds of %s', (_, shape, [left, top, right, bottom]) => {
    const bounds = boundsOf([shape]);
    expect(bounds?.left).toBeCloseTo(left, 1);
    expect(bounds?.top).toBeCloseTo(top, 1);
    expect(bounds?.right).toBeCloseTo(right, 1);
    expect(bounds?.bottom).toBeCloseTo(bottom, 1);
  });

  it('closes areas and leaves lines open; a tag has no place', () => {
    expect(pathData({ kind: 'box', x: 0, y: 0, width: 1, height: 1 })).toBe('M0 0L1 0L1 1L0 1Z');
    expect(pathData({ kind: 'polyline', points: [0, 0, 1, 1] })).toBe('M0 0L1 1');
    expect(boundsOf([{ kind: 'tag' }])).toBeNull();
  });
});

describe('history in words', () => {
  const names = new Map([
    ['car', 'car'],
    ['bus', 'bus'],
  ]);
  const put = (revision: number, patch: Partial<EditorRecord> = {}): HistoryItem => ({
    revision,
    annotationId: '1',
    op: 'put',
    by: null,
    at: '',
    annotation: { ...record('1', 'car', patch), revision } as WireAnnotation,
  });
  const gone: HistoryItem = { ...put(3), op: 'delete', annotation: null };

  it.each<[string, HistoryItem, HistoryItem[]]>([
    ['drew car', put(1), []],
    ['reshaped car', put(2, { shape: { kind: 'tag' } }), [put(1)]],
    ['changed car to bus', put(2, { classId: 'bus' }), [put(1)]],
    ['changed attributes of car', put(2, { attributes: { a: true } }), [put(1)]],
    ['deleted car', gone, [put(1)]],
    ['brought car back', put(4), [gone, put(1)]],
    ['marked it verified empty', { ...gone, op: 'outcome', outcome: 'verifiedEmpty', annotationId: null }, []],
  ])('%s', (words, item, older) => {
    expect(describeHistoryItem(item, older, names)).toBe(words);
  });
});

describe('save indicator', () => {
  it('always says where unsaved work is', () => {
    expect(saveWords({ kind: 'offline', count: 3, retryAt: 0 })).toMatchObject({
      tone: 'warn',
      text: 'Offline · 3 unsaved',
      detail: expect.stringContaining('3 changes are safe on this machine'),
    });
    expect(saveWords({ kind: 'machineFull', where: 'browser', count: 1 }).detail).toContain(
      '1 change is only in memory',
    );
  });
});

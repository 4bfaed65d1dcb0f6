import { expect, test } from 'vitest';
import type { ImportPreview, LabelClass, PreviewClass } from '../../src/api/types.ts';
import {
  choicesOf,
  countFates,
  decide,
  dropUnused,
  fateOf,
  obstacle,
  undecided,
} from '../../src/features/imports/class-mapping.ts';

const source = (name: string, classId: string | null, annotations = 1): PreviewClass => ({
  ...{ name, classId, annotations, parent: null, color: null, attributes: [], keypoints: [] },
  kinds: annotations === 0 ? [] : [{ kind: 'polygon', count: annotations }],
});
const classes = [source('car', 'c1'), source('lorry', null, 7), source('unused', null, 0)];
const preview = { classes } as unknown as ImportPreview;
const target = (shapes: LabelClass['shapes'], retired = false): LabelClass => ({
  ...{ id: 'c1', name: 'car', parentId: null, color: '#000000', key: null, shapes, retired },
  ...{ description: '', examples: [], attributes: [], skeletonId: null },
});

test('classes go by name until somebody decides otherwise, and only decisions are sent', () => {
  expect(classes.map((one, index) => fateOf(undecided, one, index).kind)).toEqual(['existing', 'new', 'new']);
  expect(choicesOf(undecided, preview)).toEqual([]);
  const decided = decide(undecided, classes, 1, { kind: 'existing', classId: 'c1' });
  expect(choicesOf(decided, preview)).toEqual([
    { index: 1, name: 'lorry', fate: 'existing', classId: 'c1', newName: null },
  ]);
  expect(decide(decided, classes, 1, { kind: 'new', name: 'lorry' }).size).toBe(0);
});

test('what is left out is counted with its annotations, and several classes of one new name are one', () => {
  const joined = decide(undecided, classes, 2, { kind: 'new', name: 'lorry' });
  expect(countFates(joined, classes)).toEqual({ existing: 1, added: 1, dropped: 0, droppedAnnotations: 0 });
  const dropped = decide(dropUnused(undecided, classes), classes, 1, { kind: 'drop' });
  expect(countFates(dropped, classes)).toEqual({ existing: 1, added: 0, dropped: 2, droppedAnnotations: 7 });
});

test('a class that does not allow the shapes, or is retired, is warned of', () => {
  expect(obstacle(classes[0] as PreviewClass, target([]))).toBeNull();
  expect(obstacle(classes[0] as PreviewClass, target(['box']))).toContain('does not allow polygons');
  expect(obstacle(classes[0] as PreviewClass, target([], true))).toContain('retired');
  expect(obstacle(classes[2] as PreviewClass, target(['box'], true))).toBeNull();
});

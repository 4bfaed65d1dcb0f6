import type { EditorRecord, Shape } from '@plumbline/editor';
import { expect, test } from 'vitest';
import { type Exercise, exercises } from '../../src/practice/exercises.ts';
import { pictureSize } from '../../src/practice/figures.ts';
import { scoreOf } from '../../src/practice/scoring.ts';

const exercise = (id: string) => exercises.find((one) => one.id === id) as Exercise;

function record(id: string, classId: string, shape: Shape): EditorRecord {
  return {
    ...{ id, classId, shape, attributes: {}, z: 0, groupId: null, ignore: false, score: null },
    provenance: { origin: 'drawn', by: null, at: null },
  };
}

test('the truth itself passes every exercise', () => {
  for (const one of exercises) {
    const drawn = one.targets.map(({ classId, truth }, i): EditorRecord => {
      if (one.kinds[0] !== 'mask') return record(`${i}`, classId, truth);
      const { width, height } = pictureSize;
      const all: Shape = { kind: 'mask', x: 0, y: 0, width, height, runs: [0, width * height] };
      expect(scoreOf(one, [record('all', classId, all)]).passed).toBe(false);
      return record(`${i}`, classId, truth);
    });
    const score = scoreOf({ ...one, kinds: ['box', 'polygon', 'mask'] }, drawn);
    expect(score, one.id).toEqual({ each: one.targets.map(() => 1), extra: 0, passed: true });
    expect(scoreOf(one, one.start).passed, one.id).toBe(false);
  }
});

test('a loose box is measured, and another class, kind or second try counts as one too many', () => {
  const one = exercise('box');
  const loose: Shape = { kind: 'box', x: 200, y: 110, width: 200, height: 180 };
  expect(scoreOf(one, [record('a', 'ball', loose)])).toEqual({ each: [0.9], extra: 0, passed: false });
  const tight = one.targets[0]?.truth as Shape;
  expect(scoreOf(one, [record('a', 'ball', loose), record('b', 'ball', tight)])).toMatchObject({ each: [1], extra: 1 });
  expect(scoreOf(one, [record('a', 'crate', tight)])).toMatchObject({ each: [0], extra: 1 });
  expect(
    scoreOf(one, [record('a', 'ball', { kind: 'ellipse', cx: 300, cy: 200, rx: 90, ry: 90, angle: 0 })]),
  ).toMatchObject({
    extra: 1,
  });
});

test('each object counts for the target that it covers best', () => {
  const one = exercise('classes');
  const drawn = one.targets.map(({ classId, truth }, i) => record(`${i}`, classId, truth)).reverse();
  expect(scoreOf(one, drawn).passed).toBe(true);
  expect(scoreOf(one, drawn.slice(1)).each).toEqual([1, 1, 1, 0]);
});

import { expect, test } from 'vitest';
import { needsPixels, viewOf } from '../../src/features/ontology/example-view.ts';

const image = { width: 4000, height: 3000 };

test('an example is shown with a little of what is around it, and never beyond the picture', () => {
  expect(viewOf(null, image)).toEqual({ x: 0, y: 0, width: 4000, height: 3000 });
  expect(viewOf({ x: 1000, y: 1000, width: 400, height: 200 }, image)).toEqual({
    x: 900,
    y: 900,
    width: 600,
    height: 400,
  });
  expect(viewOf({ x: 10, y: 2900, width: 400, height: 100 }, image)).toEqual({
    x: 0,
    y: 2800,
    width: 510,
    height: 200,
  });
});

test('small parts need the picture itself, unless it is too large to load for that', () => {
  expect(needsPixels(viewOf(null, image), image)).toBe(false);
  expect(needsPixels({ x: 0, y: 0, width: 600, height: 400 }, image)).toBe(true);
  expect(needsPixels({ x: 0, y: 0, width: 600, height: 400 }, { width: 12_000, height: 9000 })).toBe(false);
});

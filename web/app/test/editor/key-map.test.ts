import { describe, expect, it } from 'vitest';
import { parseKeyMap } from '../../src/editor/key-map.ts';

describe('Key map', () => {
  it.each([
    ['nothing', null, {}],
    ['what is not JSON', '{', {}],
    ['what is not an object', '7', {}],
    ['what is not a list of keys', '{"a": "V", "b": ["X", 1], "c": ["Alt+X"], "d": []}', { c: ['Alt+X'], d: [] }],
  ])('takes of %s only what can be one', (_, text, expected) => {
    expect(parseKeyMap(text)).toEqual(expected);
  });
});

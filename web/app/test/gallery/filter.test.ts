import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FILTER_KEYS,
  type FilterTerm,
  formatFilter,
  parseFilter,
  toggleTerm,
  valuesOf,
} from '../../src/features/gallery/filter.ts';

const term = fc
  .record({ key: fc.option(fc.constantFrom(...FILTER_KEYS)), negated: fc.boolean(), text: fc.string({ minLength: 1 }) })
  .chain(({ key, negated, text }) => {
    const values = key === null ? null : valuesOf(key);
    const value = values === null ? fc.constant(text) : fc.constantFrom(...values);
    return value.map((v): FilterTerm => ({ key, negated, value: v }));
  });

describe('filter language', () => {
  it('reads what it writes', () => {
    fc.assert(
      fc.property(fc.array(term), (terms) => {
        expect(parseFilter(formatFilter(terms))).toEqual({ terms, problem: null });
      }),
    );
  });

  it.each([
    ['', []],
    ['  beach ', [{ key: null, value: 'beach', negated: false }]],
    ['-beach', [{ key: null, value: 'beach', negated: true }]],
    ['-', [{ key: null, value: '-', negated: false }]],
    ['state:inprogress', [{ key: 'state', value: 'inProgress', negated: false }]],
    ['-class:"stop sign"', [{ key: 'class', value: 'stop sign', negated: true }]],
    ['class:"say \\"hi\\""', [{ key: 'class', value: 'say "hi"', negated: false }]],
    ['name:a:b', [{ key: 'name', value: 'a:b', negated: false }]],
  ])('reads %j', (text, terms) => {
    expect(parseFilter(text)).toEqual({ terms, problem: null });
  });

  it.each([
    ['beach colour:red', 6, /not one of/],
    ['state:old', 6, /one of new/],
    ['class:"stop', 6, /not closed/],
    ['beach name:', 6, /missing/],
  ])('points at the fault in %j', (text, offset, message) => {
    const { problem } = parseFilter(text);
    expect(problem?.offset).toBe(offset);
    expect(problem?.message).toMatch(message);
  });

  it('replaces a state by another and takes it away on the second press', () => {
    const done: FilterTerm = { key: 'state', value: 'done', negated: false };
    const fresh: FilterTerm = { key: 'state', value: 'new', negated: false };
    const word: FilterTerm = { key: null, value: 'beach', negated: false };
    expect(toggleTerm([fresh, word], done)).toEqual([word, done]);
    expect(toggleTerm([word, done], done)).toEqual([word]);
  });
});

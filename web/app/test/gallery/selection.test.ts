import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  keepOnly,
  moveFocus,
  nothingSelected,
  press,
  type Selection,
  selectAll,
} from '../../src/features/gallery/selection.ts';

const ids = ['a', 'b', 'c', 'd', 'e'];
const plain = { range: false, toggle: false };
const shift = { range: true, toggle: false };
const ctrl = { range: false, toggle: true };
const chosen = (selection: Selection) => [...selection.selected].sort().join('');

describe('selection', () => {
  it('selects one, a range in either direction from the same anchor, and toggles', () => {
    const one = press(nothingSelected, ids, 'c', plain);
    expect(chosen(one)).toBe('c');
    const down = press(one, ids, 'e', shift);
    expect(chosen(down)).toBe('cde');
    expect(chosen(press(down, ids, 'a', shift))).toBe('abc');
    const without = press(down, ids, 'd', ctrl);
    expect(chosen(without)).toBe('ce');
    expect(chosen(press(without, ids, 'b', { range: true, toggle: true }))).toBe('bcde');
  });

  it('moves by arrows and stops at the ends', () => {
    const first = moveFocus(nothingSelected, ids, 1, plain);
    expect(first.focus).toBe('a');
    expect(moveFocus(first, ids, -3, plain).focus).toBe('a');
    const third = moveFocus(first, ids, 2, shift);
    expect(chosen(third)).toBe('abc');
    expect(chosen(moveFocus(third, ids, 9, ctrl))).toBe('abc');
    expect(moveFocus(third, ids, 9, ctrl).focus).toBe('e');
  });

  it('forgets images that are gone and nothing else', () => {
    const all = selectAll(press(nothingSelected, ids, 'b', plain), ids);
    expect(keepOnly(all, new Set(ids))).toBe(all);
    const left = keepOnly(all, new Set(['a', 'c']));
    expect(chosen(left)).toBe('ac');
    expect(left.anchor).toBeNull();
  });

  it('never selects what is not in the list', () => {
    const id = fc.constantFrom(...ids);
    const step = fc.record({ id, range: fc.boolean(), toggle: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step), fc.subarray(ids), (steps, left) => {
        const after = steps.reduce((s, { id: which, ...with_ }) => press(s, ids, which, with_), nothingSelected);
        const kept = keepOnly(after, new Set(left));
        expect([...kept.selected].every((one) => left.includes(one))).toBe(true);
      }),
    );
  });
});

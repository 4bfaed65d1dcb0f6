import { describe, expect, it } from 'vitest';
import { holdBack } from '../src/ui/use-held-back.ts';

const list = (...ids: string[]) => ids.map((id) => ({ id }));

describe('a list that is held still', () => {
  it('hides what came above the row that was first, and nothing below it', () => {
    expect(holdBack(list('d', 'c', 'b', 'a'), 'b')).toEqual(list('b', 'a'));
    expect(holdBack(list('b', 'a'), 'b')).toEqual(list('b', 'a'));
  });

  it('shows all when nothing was seen yet or the first row is gone', () => {
    expect(holdBack(list('b', 'a'), null)).toEqual(list('b', 'a'));
    expect(holdBack(list('c', 'a'), 'b')).toEqual(list('c', 'a'));
  });
});

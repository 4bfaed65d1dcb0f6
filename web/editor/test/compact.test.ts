import { describe, expect, it } from 'vitest';
import { compacted, expanded } from '../src/model/compact.ts';

const runs = Array.from({ length: 5000 }, (_, i) => i % 300);
const change = { id: 'a', value: { shape: { kind: 'mask', x: 1, runs }, tags: ['b'], note: null }, revision: 3 };

describe('Compacted values', () => {
  it('survive cloning, wherever the run lengths are', () => {
    const message = { kind: 'acknowledged', changes: [change, { id: 'b', value: null }, { points: [1, 2] }] };
    const cloned = structuredClone(compacted(message));
    expect((cloned.changes[0] as typeof change).value.shape.runs).toBeInstanceOf(Int32Array);
    expect(expanded(cloned)).toEqual(message);
  });

  it('leave words alone, whatever their attribute is called', () => {
    const attributes = { runs: Array.from({ length: 1000 }, (_, i) => `word ${i}`) };
    expect(expanded(structuredClone(compacted({ attributes })))).toEqual({ attributes });
  });

  it('are the values themselves where nothing is long', () => {
    const short = { shape: { runs: [1, 2, 3] }, list: [{ a: 1 }] };
    expect(compacted(short)).toBe(short);
    expect(expanded(short)).toBe(short);
    expect(compacted(null)).toBe(null);
  });
});

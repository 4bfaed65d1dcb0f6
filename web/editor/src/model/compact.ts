/** Shorter lists gain nothing. */
const manyRuns = 1000;

/**
 * The value with its long run lengths as typed arrays, for whatever clones it: workers, other tabs, the journal. Cloning
 * 300,000 numbers of a list takes some 70 ms, copying as many of a typed array less than one. What has none is left as it is.
 */
export function compacted<T>(value: T): T {
  return withRuns(value, (runs) => (isLong(runs) ? new Int32Array(runs) : runs)) as T;
}

/** What `compacted` was given. */
export function expanded<T>(value: T): T {
  return withRuns(value, (runs) => (runs instanceof Int32Array ? Array.from(runs) : runs)) as T;
}

/** An attribute may have the name `runs` too, with a list of words. */
function isLong(runs: unknown): runs is readonly number[] {
  return Array.isArray(runs) && runs.length >= manyRuns && typeof runs[0] === 'number';
}

function withRuns(value: unknown, change: (runs: unknown) => unknown): unknown {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) {
    if (typeof value[0] !== 'object') return value;
    const changed = value.map((item) => withRuns(item, change));
    return changed.some((item, i) => item !== value[i]) ? changed : value;
  }
  let result: object = value;
  for (const [key, inner] of Object.entries(value)) {
    const next = key === 'runs' ? change(inner) : withRuns(inner, change);
    if (next !== inner) result = { ...result, [key]: next };
  }
  return result;
}

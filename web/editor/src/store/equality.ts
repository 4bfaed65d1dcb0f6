/** Deep equality of plain JSON-like data. */
export function sameData(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((v, i) => v === b[i] || sameData(v, b[i]))
    );
  }
  const x = a as Readonly<Record<string, unknown>>;
  const y = b as Readonly<Record<string, unknown>>;
  const keys = Object.keys(x);
  return keys.length === Object.keys(y).length && keys.every((key) => key in y && sameData(x[key], y[key]));
}

/** The old value when the new one says the same, so that nobody is told of nothing. */
export function keepEqual<T>(old: T, next: T): T {
  return sameData(old, next) ? old : next;
}

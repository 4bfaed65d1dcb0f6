/** Closes a `switch` over a union: a new case becomes a compile error here. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value ${JSON.stringify(value)}`);
}

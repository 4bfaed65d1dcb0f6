/**
 * Splits a name so that its end stays readable: the head may be cut by the layout, the tail never. The tail is the last
 * `tailLength` characters, or all of a short name. Cuts between code points.
 */
export function splitForEllipsis(name: string, tailLength = 10): { readonly head: string; readonly tail: string } {
  const characters = Array.from(name);
  if (characters.length <= tailLength * 2) return { head: name, tail: '' };
  return { head: characters.slice(0, -tailLength).join(''), tail: characters.slice(-tailLength).join('') };
}

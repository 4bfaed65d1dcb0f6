/**
 * How well `text` answers what was typed: higher is better, 0 not at all. Every typed word must occur; at the beginning
 * of the text counts most, at the beginning of a word more than inside one.
 */
export function matchScore(text: string, typed: string): number {
  const haystack = text.toLocaleLowerCase();
  let score = 1;
  for (const word of typed.toLocaleLowerCase().split(/\s+/)) {
    if (word === '') continue;
    const at = haystack.indexOf(word);
    if (at < 0) return 0;
    score += at === 0 ? 3 : /[\s/_.-]/.test(haystack[at - 1] ?? '') ? 2 : 1;
  }
  return score;
}

/** The best answers first; equal ones keep their order. */
export function rank<T>(items: readonly T[], typed: string, textOf: (item: T) => string): readonly T[] {
  return items
    .map((item) => ({ item, score: matchScore(textOf(item), typed) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ item }) => item);
}

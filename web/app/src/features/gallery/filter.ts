/**
 * The filter language of image lists: terms separated by spaces, all of which must hold. `state:new`,
 * `outcome:unusable`, `class:"stop sign"`, `verdict:unsure`, `name:text`; a bare word is a part of the path; `-` in
 * front negates.
 * The same text goes into the address, to the server and into the chips.
 */
export const FILTER_KEYS = ['state', 'outcome', 'class', 'verdict', 'name'] as const;
export type FilterKey = (typeof FILTER_KEYS)[number];

export interface FilterTerm {
  /** null: a bare word. */
  readonly key: FilterKey | null;
  readonly value: string;
  readonly negated: boolean;
}

/** What is wrong with a filter, and where: a character offset into the text. */
export interface FilterProblem {
  readonly offset: number;
  readonly message: string;
}

export interface ParsedFilter {
  readonly terms: readonly FilterTerm[];
  readonly problem: FilterProblem | null;
}

const VALUES: Partial<Record<FilterKey, readonly string[]>> = {
  state: ['new', 'inProgress', 'done'],
  outcome: ['unlabelled', 'labelled', 'verifiedEmpty', 'unusable'],
  verdict: ['accepted', 'unsure'],
};

/** Values that the key takes; null when any text will do. */
export function valuesOf(key: FilterKey): readonly string[] | null {
  return VALUES[key] ?? null;
}

/** Reads a filter. Terms before a problem are returned with it. */
export function parseFilter(text: string): ParsedFilter {
  const terms: FilterTerm[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at++;
      continue;
    }
    const start = at;
    const negated = text.charAt(at) === '-' && at + 1 < text.length && !/\s/.test(text.charAt(at + 1));
    if (negated) at++;
    const keyMatch = /^([A-Za-z]+):/.exec(text.slice(at));
    let key: FilterKey | null = null;
    if (keyMatch?.[1] !== undefined) {
      key = FILTER_KEYS.find((known) => known === keyMatch[1]) ?? null;
      if (key === null) {
        return { terms, problem: { offset: at, message: `“${keyMatch[1]}” is not one of ${FILTER_KEYS.join(', ')}.` } };
      }
      at += keyMatch[0].length;
    }
    const value = readValue(text, at);
    if (value === null) return { terms, problem: { offset: at, message: 'The quotation mark is not closed.' } };
    if (value.text === '') return { terms, problem: { offset: start, message: 'A value is missing here.' } };
    const known = key === null ? null : valuesOf(key);
    const canonical = known?.find((option) => option.toLowerCase() === value.text.toLowerCase());
    if (known !== null && canonical === undefined) {
      return { terms, problem: { offset: at, message: `${key} is one of ${known.join(', ')}.` } };
    }
    terms.push({ key, value: canonical ?? value.text, negated });
    at = value.end;
  }
  return { terms, problem: null };
}

/** Writes terms back as text that {@link parseFilter} reads the same. */
export function formatFilter(terms: readonly FilterTerm[]): string {
  return terms.map(formatTerm).join(' ');
}

export function formatTerm(term: FilterTerm): string {
  const mustQuote =
    /[\s"\\]/.test(term.value) || term.value === '' || (term.key === null && /^-|^[A-Za-z]+:/.test(term.value));
  const value = mustQuote ? `"${term.value.replace(/[\\"]/g, '\\$&')}"` : term.value;
  return `${term.negated ? '-' : ''}${term.key === null ? '' : `${term.key}:`}${value}`;
}

/** The terms with `term` added, or removed when it is there; other values of a one-valued key give way to it. */
export function toggleTerm(terms: readonly FilterTerm[], term: FilterTerm): readonly FilterTerm[] {
  const same = (other: FilterTerm) =>
    other.key === term.key && other.value === term.value && other.negated === term.negated;
  if (terms.some(same)) return terms.filter((other) => !same(other));
  const exclusive = term.key === 'state' || term.key === 'outcome';
  return [...terms.filter((other) => !(exclusive && other.key === term.key && other.negated === term.negated)), term];
}

/** Reads a bare or quoted value; in quotes, `\"` and `\\` stand for themselves. null: the quote is not closed. */
function readValue(text: string, from: number): { text: string; end: number } | null {
  if (text.charAt(from) !== '"') {
    let end = from;
    while (end < text.length && !/\s/.test(text.charAt(end))) end++;
    return { text: text.slice(from, end), end };
  }
  let value = '';
  for (let at = from + 1; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '"') return { text: value, end: at + 1 };
    if (char === '\\' && at + 1 < text.length) at++;
    value += text.charAt(at);
  }
  return null;
}

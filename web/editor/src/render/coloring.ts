import type { Provenance, ProvenanceOrigin } from '../model/annotation.ts';
import type { Ontology } from '../model/ontology.ts';

/** What the colour of an object says. */
export type ColorBy = 'class' | 'instance' | 'annotator' | 'origin';

/** What decides the colours; the same for the worker's layer and the overlay. */
export type Coloring = {
  readonly by: ColorBy;
  readonly classColors: Readonly<Record<string, string>>;
};

/** What is to be coloured; an object that is being drawn has no id yet. */
export type Colored = {
  readonly id?: string | null;
  readonly classId: string;
  readonly provenance?: Provenance;
};

const fallback = '#9aa5b1';

/**
 * Eight colours that people with any colour blindness can tell apart.
 * Source: Okabe, Ito, "Color Universal Design" (2008); black replaced by white, which shows on pictures.
 */
export const safeColors = [
  '#e69f00',
  '#56b4e9',
  '#009e73',
  '#f0e442',
  '#0072b2',
  '#d55e00',
  '#cc79a7',
  '#ffffff',
] as const;

const many = [
  ...['#e6194b', '#3cb44b', '#ffe119', '#4363d8', '#f58231', '#911eb4', '#46f0f0', '#f032e6'],
  ...['#bcf60c', '#fabebe', '#008080', '#e6beff', '#9a6324', '#fffac8', '#aaffc3', '#808000'],
];

const originColors: Readonly<Record<ProvenanceOrigin, string>> = {
  drawn: '#56b4e9',
  edited: '#009e73',
  assisted: '#f0e442',
  imported: '#e69f00',
  model: '#cc79a7',
  synthetic: '#9aa5b1',
};

/** The colour of each class by id: its own, or one of the safe ones in the order of the classes. */
export function classColors({ classes }: Ontology, safe: boolean): Readonly<Record<string, string>> {
  const color = (own: string, i: number) => (safe ? (safeColors[i % safeColors.length] ?? own) : own);
  return Object.fromEntries(classes.map((c, i) => [c.id, color(c.color, i)]));
}

export function colorOf({ id, classId, provenance }: Colored, { by, classColors }: Coloring): string {
  switch (by) {
    case 'class':
      return classColors[classId] ?? fallback;
    case 'instance':
      return id === undefined || id === null ? (classColors[classId] ?? fallback) : pick(many, id);
    case 'annotator':
      return provenance === undefined ? fallback : pick(many, provenance.by ?? provenance.origin);
    case 'origin':
      return provenance === undefined ? originColors.drawn : originColors[provenance.origin];
  }
}

/** The same word has the same colour (FNV-1a). */
function pick(colors: readonly string[], word: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193) >>> 0;
  return colors[hash % colors.length] ?? fallback;
}

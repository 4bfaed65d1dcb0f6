import type { LabelClass, Ontology } from '../api/types.ts';

const labelClass = (id: string, name: string, color: string, key: string): LabelClass => ({
  ...{ id, name, color, key, parentId: null, shapes: [], description: '' },
  ...{ examples: [], attributes: [], skeletonId: null, retired: false },
});

/** The classes of all exercises. */
export const practiceOntology: Ontology = {
  classes: [
    labelClass('ball', 'Ball', '#ff8787', '1'),
    labelClass('crate', 'Crate', '#4dabf7', '2'),
    labelClass('figure', 'Figure', '#ffd43b', '3'),
    labelClass('leaf', 'Leaf', '#b2f2bb', '4'),
  ],
  ...{ imageAttributes: [], skeletons: [], predicates: [], oneTag: false },
};

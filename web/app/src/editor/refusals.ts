const remedies: Readonly<Record<string, string>> = {
  'unknown-class': 'The class is no longer in the ontology. Give the object another class.',
  'retired-class': 'The class is retired. Give the object another class.',
  'shape-not-allowed': 'The class may not have this shape. Give the object another class or draw it again.',
  'bad-attribute': 'Correct the attribute in the panel on the right.',
  'bad-shape': 'Move the points so that the outline does not cross itself, or draw it again.',
  'too-many-vertices': 'Simplify the outline; 100,000 points are the limit.',
  'image-removed': 'The image was removed from the project. A manager can put it back.',
};

/** What a person can do about a change that the server refused. */
export function remedyOf(rule: string): string {
  return remedies[rule] ?? 'Change the object, or take the change back.';
}

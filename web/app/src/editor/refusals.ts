/** null: the server's own words say it. */
const remedies: Readonly<Record<string, string | null>> = {
  'unknown-class': null,
  'retired-class': null,
  'shape-not-allowed': 'Give the object another class, or draw it again.',
  'bad-attribute': 'Correct the attribute in the panel on the right.',
  'bad-shape': 'Move the points so that the outline does not cross itself, or draw it again.',
  'too-many-vertices': 'Simplify the outline; 100,000 points are the limit.',
  'image-removed': null,
};

/** What a person can do about a change that the server refused; null when the refusal says so itself. */
export function remedyOf(rule: string): string | null {
  const remedy = remedies[rule];
  return remedy === undefined ? 'Change the object, or take the change back.' : remedy;
}

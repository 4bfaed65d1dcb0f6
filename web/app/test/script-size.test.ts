import { describe, expect, it } from 'vitest';
import { editorScripts, isBuilt, scriptBound, sizes } from '../../bench/script-size.mjs';

// Without built pages there is nothing to weigh; ./test builds them first.
describe.skipIf(!isBuilt())('The script of the editor page', () => {
  it('is found with its workers and without the other pages', () => {
    const names = [...editorScripts().keys()].map((path) => path.replace(/^assets\//, '').replace(/-.{8}\.js$/, ''));
    expect(names).toEqual(expect.arrayContaining(['index', 'EditorPage', 'worker', 'picture-worker', 'event-worker']));
    expect(names.filter((name) => name === 'worker')).toHaveLength(2);
    expect(names).not.toContain('GalleryPage');
    expect(names).not.toContain('ImportDialog');
  });

  it.each(['brotli', 'gzip'] as const)('is no larger than it may be, by %s', (how) => {
    expect(sizes()[how]).toBeLessThanOrEqual(scriptBound);
  });
});

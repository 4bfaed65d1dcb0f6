import type { Shape } from '../src/model/annotation.ts';
import { FakeServer } from './fake-server.ts';
import { TestEditor, wire } from './test-editor.ts';

export const shapes = (editor: TestEditor) => editor.records().map(({ shape }) => shape);

/** A polygon. */
export const square = (x: number, y: number, side: number): Shape => ({
  kind: 'polygon',
  parts: [{ outer: [x, y, x + side, y, x + side, y + side, x, y + side], holes: [] }],
});

/** An editor on an image that has these, with the ids `o0`, `o1` and so on. */
export const withObjects = (...objects: readonly Shape[]) =>
  TestEditor.open({
    server: new FakeServer(
      'set',
      objects.map((shape, i) => wire(`o${i}`, shape)),
    ),
  });

export const shapeOf = (editor: TestEditor, id: string) => editor.annotations.value.get(id)?.shape;

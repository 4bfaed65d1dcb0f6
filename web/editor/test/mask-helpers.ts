import { maskOfBox } from '../src/masks/runs.ts';
import type { MaskShape } from '../src/model/annotation.ts';
import type { ToolId } from '../src/tools/all-tools.ts';
import { FakeServer } from './fake-server.ts';
import { TestEditor, wire } from './test-editor.ts';

export const square = (x: number, y: number, side: number) => maskOfBox({ x, y, width: side, height: side });
export const maskOf = (editor: TestEditor, id: string): MaskShape => {
  const shape = editor.annotations.value.get(id)?.shape;
  if (shape?.kind !== 'mask') throw new Error(`${id} is no mask`);
  return shape;
};
export const masks = (editor: TestEditor) =>
  editor.records().flatMap(({ shape }) => (shape.kind === 'mask' ? [shape] : []));

export async function painting(tool: ToolId, objects: readonly MaskShape[], brushSize = 10): Promise<TestEditor> {
  const annotations = objects.map((shape, i) => wire(`o${i}`, shape));
  const editor = await TestEditor.open({ server: new FakeServer('set', annotations) });
  editor.setTool(tool);
  editor.setDrawing({ brushSize });
  return editor;
}

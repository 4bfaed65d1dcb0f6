import { PaintTool } from './paint-tool.ts';
import { defineTool } from './tool.ts';

export const brushTool = defineTool({
  id: 'brush',
  title: 'Mask brush',
  key: 'M',
  draws: 'mask',
  edits: true,
  hint: 'Paint; Esc begins the next mask. Ctrl erases, Shift draws straight, [ ] or Alt and wheel set the size',
  create: (context) => new PaintTool(context, false),
});

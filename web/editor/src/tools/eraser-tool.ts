import { PaintTool } from './paint-tool.ts';
import { defineTool } from './tool.ts';

export const eraserTool = defineTool({
  id: 'eraser',
  title: 'Mask eraser',
  key: 'Shift+D',
  draws: 'mask',
  edits: true,
  hint: 'Take pixels off the selected mask, or the one under the pointer. Ctrl paints',
  create: (context) => new PaintTool(context, true),
});

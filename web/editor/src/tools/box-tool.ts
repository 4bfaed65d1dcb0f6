import { boxBetween } from '../geometry/box-handles.ts';
import { defineTool } from './tool.ts';
import { TwoPointTool } from './two-point-tool.ts';

export const boxTool = defineTool({
  id: 'box',
  title: 'Box',
  key: 'B',
  draws: 'box',
  edits: true,
  hint: 'Drag, or click two corners; Shift: square',
  create: (context) =>
    new TwoPointTool(context, {
      kind: 'box',
      label: 'Draw box',
      shape: (from, to) => {
        const box = boxBetween(from, to);
        return box.width === 0 || box.height === 0 ? null : box;
      },
    }),
});

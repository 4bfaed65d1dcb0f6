import { boxBetween } from '../geometry/box-handles.ts';
import { textAttributes } from '../model/text.ts';
import { defineTool } from './tool.ts';
import { TwoPointTool } from './two-point-tool.ts';

export const textTool = defineTool({
  id: 'text',
  title: 'Text',
  key: 'T',
  draws: 'box',
  only: (labelClass) => textAttributes(labelClass) !== null,
  edits: true,
  hint: 'Drag around a text, then type it; Enter keeps it, the next one can be drawn',
  create: (context) =>
    new TwoPointTool(context, {
      kind: 'box',
      label: 'Draw text',
      only: (labelClass) => textAttributes(labelClass) !== null,
      shape: (from, to) => {
        const box = boxBetween(from, to);
        return box.width === 0 || box.height === 0 ? null : box;
      },
      drawn: (id) => context.typeText(id),
    }),
});

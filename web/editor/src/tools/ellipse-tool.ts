import { defineTool } from './tool.ts';
import { TwoPointTool } from './two-point-tool.ts';

export const ellipseTool = defineTool({
  id: 'ellipse',
  title: 'Ellipse',
  key: 'E',
  draws: 'ellipse',
  edits: true,
  hint: 'Drag around it, or click two corners; Shift: circle',
  create: (context) =>
    new TwoPointTool(context, {
      kind: 'ellipse',
      label: 'Draw ellipse',
      shape: (from, to) => {
        const [rx, ry] = [Math.abs(to.x - from.x) / 2, Math.abs(to.y - from.y) / 2];
        if (rx === 0 || ry === 0) return null;
        return { kind: 'ellipse', cx: (from.x + to.x) / 2, cy: (from.y + to.y) / 2, rx, ry, angle: 0 };
      },
    }),
});

import { maskOfRing } from '../masks/rasterize.ts';
import { paintRegion, paintTarget } from './painting.ts';
import { PathTool } from './path-tool.ts';
import { defineTool } from './tool.ts';

export const lassoTool = defineTool({
  id: 'lasso',
  title: 'Mask lasso',
  key: 'Alt+L',
  draws: 'mask',
  edits: true,
  hint: 'Click or draw around an area: it joins the selected mask, or a new one. Begun with Ctrl it is taken off',
  create: (context) =>
    new PathTool(context, (pointer) => {
      const target = paintTarget(context, pointer, pointer.ctrl);
      if (target === null) return null;
      return {
        classId: target.classId,
        closed: true,
        complete: (ring) => {
          const region = maskOfRing(ring, context.image);
          if (region === null) context.notify('This area has no pixel.');
          paintRegion(context, target, region, pointer.ctrl, pointer.ctrl ? 'Cut out of mask' : 'Fill area');
          return true;
        },
      };
    }),
});

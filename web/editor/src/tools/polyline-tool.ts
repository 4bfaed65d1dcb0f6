import { PathTool } from './path-tool.ts';
import { defineTool, type ToolContext } from './tool.ts';

export const polylineTool = defineTool({
  id: 'polyline',
  title: 'Line',
  key: 'L',
  draws: 'polyline',
  edits: true,
  hint: 'Click the points; Enter or a double-click ends it',
  create: (context) => new PathTool(context, () => planFor(context)),
});

function planFor(context: ToolContext) {
  const classId = context.classFor('polyline');
  if (classId === null) return null;
  context.select([]);
  return {
    classId,
    closed: false,
    complete: (points: readonly number[]) => {
      const record = context.newRecord({ kind: 'polyline', points }, classId);
      context.commit('Draw line', (transaction) => transaction.put(record));
      return true;
    },
  };
}

import { boundsOf } from '../geometry/outline.ts';
import { cut } from '../geometry/polygon-algebra.ts';
import type { EditorRecord, PolygonShape } from '../model/annotation.ts';
import { PathTool } from './path-tool.ts';
import { defineTool, type ToolContext } from './tool.ts';

export const cutTool = defineTool({
  id: 'cut',
  title: 'Cut',
  key: 'Y',
  draws: null,
  edits: true,
  hint: 'Click a line across polygons; Enter cuts those selected, or all that it crosses',
  create: (context) =>
    new PathTool(context, () => {
      if (context.readOnly) return null;
      return { classId: null, closed: false, complete: (line) => cutAlong(context, line) };
    }),
});

/** The largest piece stays the object, each other one becomes an object of its own. */
function cutAlong(context: ToolContext, line: readonly number[]): boolean {
  const pieces = polygonsFor(context, line).flatMap((record): EditorRecord[] => {
    const [first, ...others] = cut(record.shape as PolygonShape, line);
    if (first === undefined || others.length === 0) return [];
    const { classId, attributes, z, groupId, ignore } = record;
    const copies = others.map((shape) => ({ ...context.newRecord(shape, classId), attributes, z, groupId, ignore }));
    return [context.reshaped(record, first), ...copies];
  });
  if (pieces.length === 0) {
    context.notify('The line cuts no polygon in two.');
    return true;
  }
  context.commit('Cut', (transaction) => {
    for (const record of pieces) transaction.put(record);
  });
  context.select(pieces.map(({ id }) => id));
  return true;
}

function polygonsFor(context: ToolContext, line: readonly number[]): readonly EditorRecord[] {
  const bounds = boundsOf({ kind: 'polyline', points: line });
  const chosen = context.selection.flatMap((id) => context.record(id) ?? []);
  const all = chosen.length > 0 || bounds === null ? chosen : context.within(bounds);
  return all.filter((record) => record.shape.kind === 'polygon' && !context.isLocked(record));
}

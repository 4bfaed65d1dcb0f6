import { ringArea } from '../geometry/polygon.ts';
import { subtracted, united } from '../geometry/polygon-algebra.ts';
import type { EditorRecord, PolygonShape } from '../model/annotation.ts';
import { type PathPlan, PathTool } from './path-tool.ts';
import { defineTool, type ToolContext, type ToolPointer } from './tool.ts';

export const polygonTool = defineTool({
  id: 'polygon',
  title: 'Polygon',
  key: 'P',
  draws: 'polygon',
  edits: true,
  hint: 'Click the points; Enter or the first point closes it. Begun with Shift it joins the selected polygon, with Ctrl it is cut out',
  create: (context) => new PathTool(context, (pointer) => planFor(context, pointer)),
});

/** A polygon of its own; begun with Shift or Ctrl, one that changes the selected polygon. */
function planFor(context: ToolContext, pointer: ToolPointer): PathPlan | null {
  const target = pointer.shift || pointer.ctrl ? selectedPolygon(context) : null;
  if (target !== null) return changing(context, target.record, target.shape, pointer.ctrl);
  const classId = context.classFor('polygon');
  if (classId === null) return null;
  context.select([]);
  return {
    classId,
    closed: true,
    complete: (outer) => {
      if (ringArea(outer) === 0) return false;
      const record = context.newRecord({ kind: 'polygon', parts: [{ outer, holes: [] }] }, classId);
      context.commit('Draw polygon', (transaction) => transaction.put(record));
      return true;
    },
  };
}

function selectedPolygon(context: ToolContext): { record: EditorRecord; shape: PolygonShape } | null {
  const [id, ...others] = context.selection;
  const record = id === undefined || others.length > 0 ? undefined : context.record(id);
  if (record?.shape.kind !== 'polygon' || context.readOnly || context.isLocked(record)) return null;
  return { record, shape: record.shape };
}

/** Inside, what is cut out is a hole; outside, what joins is a part. */
function changing(context: ToolContext, record: EditorRecord, shape: PolygonShape, cutOut: boolean): PathPlan {
  return {
    classId: record.classId,
    closed: true,
    complete: (outer) => {
      if (ringArea(outer) === 0) return false;
      const ring: PolygonShape = { kind: 'polygon', parts: [{ outer, holes: [] }] };
      const changed = cutOut ? subtracted(shape, [ring]) : united([shape, ring]);
      if (changed === null) {
        context.notify('Nothing of the polygon would be left. Delete it instead.');
        return true;
      }
      const label = cutOut ? 'Cut out of polygon' : 'Add to polygon';
      context.commit(label, (transaction) => transaction.put(context.reshaped(record, changed)));
      return true;
    },
  };
}

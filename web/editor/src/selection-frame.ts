import { isFramed, turnHandle } from './geometry/frames.ts';
import { boundsOf, union } from './geometry/outline.ts';
import type { ImageBox, ScreenBox } from './geometry/spaces.ts';
import type { Shape } from './model/annotation.ts';
import type { EditorState } from './state.ts';
import { turnDistance } from './tools/reshaping.ts';

/** Larger selections have no bar beside them, and nobody waits for their bounds. */
const framedLimit = 1000;

/** Keeps `selectionFrame` up to date. */
export function followSelection(state: EditorState): void {
  const follow = () => {
    const next = frameOf(state);
    if (!same(state.selectionFrame.value, next)) state.selectionFrame.set(next);
  };
  for (const cell of [state.selection, state.camera, state.annotations, state.preview]) cell.subscribe(follow);
}

/** Bounds of the selection on the canvas; null when nothing is selected or something is in hand. */
function frameOf(state: EditorState): ScreenBox | null {
  const { selection, preview, camera } = state;
  const inHand = (preview.value?.shapes.length ?? 0) > 0;
  if (inHand || selection.value.length > framedLimit) return null;
  const records = state.records(selection.value);
  const [only, ...others] = records;
  const turn = only === undefined || others.length > 0 ? null : turnOf(only.shape, camera.value.scale);
  const box = union([...records.map(({ shape }) => boundsOf(shape)), turn]);
  if (box === null) return null;
  const { x: left, y: top } = camera.value.toScreen({ x: box.left, y: box.top });
  const { x: right, y: bottom } = camera.value.toScreen({ x: box.right, y: box.bottom });
  return { left, top, right, bottom };
}

/** The place of the handle that turns the shape: the bar must not cover it. */
function turnOf(shape: Shape, scale: number): ImageBox | null {
  const p = isFramed(shape) ? turnHandle(shape, turnDistance / scale) : null;
  return p === null ? null : { left: p.x, top: p.y, right: p.x, bottom: p.y };
}

function same(a: ScreenBox | null, b: ScreenBox | null): boolean {
  return a?.left === b?.left && a?.top === b?.top && a?.right === b?.right && a?.bottom === b?.bottom;
}

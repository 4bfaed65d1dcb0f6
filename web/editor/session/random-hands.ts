import type { TestEditor } from '../test/test-editor.ts';

/** Numbers below 1 that look random, the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function pick<T>(random: () => number, of: readonly T[]): T {
  return of[Math.floor(random() * of.length)] as T;
}

/** Objects from which on deleting is as likely as drawing. */
const crowd = 60;

/** One gesture of somebody who does anything anywhere. */
export function act(editor: TestEditor, random: () => number): void {
  const at = (): readonly [number, number] => [5 + Math.floor(random() * 85), 5 + Math.floor(random() * 85)];
  const records = editor.records();
  const draws = ['box', 'ellipse', 'polygon', 'brush'] as const;
  const edits = ['move', 'nudge', 'ignore', 'order', 'erase', 'copy', 'undo', 'undo', 'redo', 'outcome'] as const;
  const kind = pick(
    random,
    records.length > crowd ? [...edits, 'remove', 'remove', 'remove'] : [...draws, ...edits, 'remove'],
  );
  const some = records.length === 0 ? null : pick(random, records);
  editor.select(some === null || random() < 0.3 ? [] : [some.id]);
  const ids = editor.selection.value;
  const [x, y] = at();
  switch (kind) {
    case 'box':
    case 'ellipse':
      editor.setTool(kind);
      editor.drag([
        [x, y],
        [Math.min(99, x + 5 + Math.floor(random() * 30)), Math.min(99, y + 8)],
      ]);
      return;
    case 'polygon':
      editor.setTool('polygon');
      for (const [px, py] of [at(), at(), at()]) editor.click(px, py);
      editor.key('Enter');
      editor.toolbox.cancel();
      return;
    case 'brush':
    case 'erase': {
      editor.setTool(kind === 'brush' ? 'brush' : 'eraser');
      editor.setDrawing({
        brushSize: 3 + Math.floor(random() * 15),
        maskRule: pick(random, ['overlap', 'onePerObject', 'onePerClass']),
      });
      editor.drag([[x, y], at()]);
      return;
    }
    case 'move':
      editor.setTool('select');
      editor.drag([[x, y], at()]);
      return;
    case 'nudge':
      editor.actions.nudge(ids, 1 - Math.floor(random() * 3), 1);
      return;
    case 'ignore':
      editor.actions.setIgnore(ids, random() < 0.5);
      return;
    case 'order':
      editor.actions.moveInOrder(ids, pick(random, ['front', 'back']));
      return;
    case 'copy':
      editor.actions.duplicate(ids);
      return;
    case 'undo':
      editor.actions.undo();
      return;
    case 'redo':
      editor.actions.redo();
      return;
    case 'outcome':
      editor.actions.setOutcome({ outcome: pick(random, ['unlabelled', 'labelled']), reason: null });
      return;
    case 'remove':
      editor.actions.remove(ids);
      return;
  }
}

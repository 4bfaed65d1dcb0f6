import type { MaskRule } from '../api.ts';
import { canDraw } from '../model/ontology.ts';
import type { ToolId } from '../tools/all-tools.ts';
import { resized } from '../tools/paint-tool.ts';
import type { CommandParts } from './default-commands.ts';
import { type Command, command } from './registry.ts';

const next: Readonly<Record<MaskRule, MaskRule>> = {
  overlap: 'onePerObject',
  onePerObject: 'onePerClass',
  onePerClass: 'overlap',
};

const paintTools: readonly ToolId[] = ['brush', 'eraser'];

/** Commands for painting masks. */
export function maskCommands({ editor, state }: CommandParts): readonly Command[] {
  const resize = (notches: number) => editor.setDrawing({ brushSize: resized(state.drawing.value.brushSize, notches) });
  const isPainting = () => paintTools.includes(state.tool.value);
  const isEditable = () => state.editable !== null && !state.busy.value;
  return [
    command('Tools', 'brush.smaller', 'Smaller brush', ['['], {
      over: true,
      enabled: isPainting,
      run: () => resize(-1),
    }),
    command('Tools', 'brush.larger', 'Larger brush', [']'], { over: true, enabled: isPainting, run: () => resize(1) }),
    command('Tools', 'brush.rule', 'Masks overlap, one object a pixel, one class a pixel', ['Alt+O'], {
      enabled: () => state.editable !== null,
      run: () => editor.setDrawing({ maskRule: next[state.drawing.value.maskRule] }),
    }),
    command('Tools', 'mask.rest', 'Fill the rest of the image', ['Alt+R'], {
      enabled: () => isEditable() && state.ontology.value.classes.some((c) => canDraw(c, 'mask')),
      run: () => editor.masks.fillRest(),
    }),
  ];
}

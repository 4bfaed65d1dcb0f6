import type { CommandParts } from './default-commands.ts';
import { type Command, command } from './registry.ts';

/** Commands that look at the picture's pixels. */
export function assistCommands({ editor, state, toolbox }: CommandParts): readonly Command[] {
  const { assist } = editor;
  const selected = () => state.selection.value;
  const hasKind = (kind: 'box' | 'polygon') => () =>
    state.editable !== null && !state.busy.value && state.records(selected()).some(({ shape }) => shape.kind === kind);
  return [
    command('Shapes', 'assist.tighten', 'Tighten boxes to their objects', ['Shift+O'], {
      enabled: hasKind('box'),
      run: () => assist.tighten(selected()),
    }),
    command('Shapes', 'assist.fit', 'Fit polygons to edges', ['Shift+H'], {
      enabled: hasKind('polygon'),
      run: () => assist.fitToEdges(selected()),
    }),
    command('Tools', 'assist.acceptOne', 'Accept the proposal in hand', ['Shift+Enter'], {
      enabled: () => state.busy.value,
      run: () => toolbox.acceptOne(),
    }),
  ];
}

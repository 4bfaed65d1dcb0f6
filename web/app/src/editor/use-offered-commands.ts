import type { Editor } from '@plumbline/editor';
import { useMemo } from 'react';
import { type Command, useCommands } from '../commands/command-store.ts';
import { useObserved } from './observed.ts';

/** Puts every command of the editor into the palette, with its key. */
export function useOfferedCommands(editor: Editor): void {
  const all = useObserved(editor.commands.list);
  const offered = useMemo(
    () =>
      all.map((command): Command => {
        const [key] = editor.commands.keysOf(command.id);
        return {
          id: command.id,
          label: command.title,
          group: command.group,
          ...(key === undefined ? {} : { keys: key }),
          run: () => editor.commands.run(command.id),
        };
      }),
    [all, editor],
  );
  useCommands(offered);
}

import type { Command as EditorCommand } from '@plumbline/editor';
import { useEffect, useMemo } from 'react';
import type { Neighbours } from '../api/types.ts';
import { type Command, useCommands } from '../commands/command-store.ts';
import { useEditorSession } from './EditorContext.tsx';
import { useObserved } from './observed.ts';
import type { Submit } from './use-submit.ts';

export interface PageCommands {
  readonly neighbours: Neighbours;
  readonly submit: Submit;
  readonly showShortcuts: () => void;
  readonly togglePanels: () => void;
  readonly searchClasses: () => void;
  readonly markUnusable: () => void;
}

/** The commands of the page beside those of the editor, all of them in the palette. */
export function useEditorCommands(page: PageCommands): void {
  const { editor, go, readOnlyReason } = useEditorSession();
  const { neighbours, submit, showShortcuts, togglePanels, searchClasses, markUnusable } = page;
  const previous = neighbours.previous.at(-1);
  const [next] = neighbours.next;
  const editable = readOnlyReason === null;

  const own = useMemo((): readonly EditorCommand[] => {
    const command = (
      id: string,
      title: string,
      group: EditorCommand['group'],
      keys: readonly string[],
      run: () => void,
      enabled = true,
    ): EditorCommand => ({ id, title, group, keys, enabled: () => enabled, run });
    return [
      command('image.next', 'Next image', 'Image', ['Space'], () => next && go(next.id), next !== undefined),
      command(
        'image.previous',
        'Previous image',
        'Image',
        ['Shift+Space'],
        () => previous && go(previous.id),
        previous !== undefined,
      ),
      command('image.labelled', 'Submit and go on', 'Image', ['Ctrl+Enter'], () => submit('labelled'), editable),
      command(
        'image.verifiedEmpty',
        'Verified empty: nothing to label',
        'Image',
        ['Shift+E'],
        () => submit('verifiedEmpty'),
        editable,
      ),
      command('image.unusable', 'Unusable…', 'Image', [], markUnusable, editable),
      command('image.reopen', 'Back to unlabelled', 'Image', [], () => submit('unlabelled'), editable),
      command('classes.search', 'Find a class', 'Classes', ['/'], searchClasses),
      command('app.panels', 'Hide or show the panels', 'App', ['\\'], togglePanels),
      command('app.shortcuts', 'All keys', 'App', ['?'], showShortcuts),
    ];
  }, [next, previous, go, submit, editable, markUnusable, searchClasses, togglePanels, showShortcuts]);

  useEffect(() => editor.commands.register(...own), [editor, own]);

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

import { type Command as EditorCommand, isTag } from '@plumbline/editor';
import { useEffect, useMemo } from 'react';
import type { Neighbours } from '../api/types.ts';
import { toast } from '../ui/toast-store.ts';
import { missingBeforeSubmit } from './attributes.ts';
import { useEditorSession } from './EditorContext.tsx';
import type { EditorMode } from './modes/use-mode.ts';
import { whenReady } from './modes/when-ready.ts';
import { useOfferedCommands } from './use-offered-commands.ts';
import type { Submit } from './use-submit.ts';

export interface PageCommands {
  readonly neighbours: Neighbours;
  readonly submit: Submit;
  readonly showShortcuts: () => void;
  readonly togglePanels: () => void;
  readonly searchClasses: () => void;
  readonly markUnusable: () => void;
  readonly switchMode: (mode: EditorMode) => void;
  readonly toggleLeftHanded: () => void;
  readonly toggleGuide: () => void;
  /** Null for those who may not change the ontology. */
  readonly addExample: (() => void) | null;
}

/** The commands of the page beside those of the editor, all of them in the palette. */
export function useEditorCommands(page: PageCommands): void {
  const { editor, ontology, go, readOnlyReason } = useEditorSession();
  const { neighbours, submit, showShortcuts, togglePanels, searchClasses, markUnusable, switchMode, toggleLeftHanded } =
    page;
  const { toggleGuide, addExample } = page;
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
      command(
        'image.copyToNext',
        'Copy the selection to the next image',
        'Image',
        ['Ctrl+Shift+C'],
        () => {
          editor.actions.copy(editor.selection.value);
          if (next !== undefined)
            whenReady(
              editor,
              next.id,
              () => go(next.id),
              () => editor.actions.paste(),
            );
        },
        editable && next !== undefined,
      ),
      command('object.nextUnfinished', 'Next unfinished object', 'Objects', ['.'], () => {
        const records = editor.annotations.value.list().filter((record) => !isTag(record));
        const lacking = missingBeforeSubmit(records, {}, { ...ontology, imageAttributes: [] });
        const refused = editor.rejections.value.map(({ id }) => id);
        const ids = [...new Set([...refused, ...lacking.flatMap(({ recordId }) => recordId ?? [])])];
        const id = ids[(ids.indexOf(editor.selection.value[0] ?? '') + 1) % ids.length];
        if (id === undefined) toast({ tone: 'info', title: 'Every object has what it needs' });
        else {
          editor.select([id]);
          editor.zoomTo([id]);
        }
      }),
      command('image.unusable', 'Unusable…', 'Image', [], markUnusable, editable),
      command('image.reopen', 'Back to unlabelled', 'Image', [], () => submit('unlabelled'), editable),
      command(
        'mode.classify',
        'Classify: a key for each tag',
        'Image',
        ['Alt+T'],
        () => switchMode('classify'),
        editable,
      ),
      command('mode.verify', 'Verify: yes, no, unsure', 'Image', ['Alt+V'], () => switchMode('verify'), editable),
      command('classes.search', 'Find a class', 'Classes', ['/'], searchClasses),
      command('guide.show', 'What the class means, with examples', 'Classes', ['Shift+I'], toggleGuide),
      command(
        'guide.addExample',
        'Use as an example of its class…',
        'Classes',
        [],
        () => addExample?.(),
        addExample !== null,
      ),
      command('app.panels', 'Hide or show the panels', 'App', ['\\'], togglePanels),
      command('app.leftHanded', 'Tools on the right, for left-handers', 'App', [], toggleLeftHanded),
      command('app.shortcuts', 'All keys', 'App', ['?'], showShortcuts),
    ];
  }, [
    editor,
    ontology,
    next,
    previous,
    go,
    submit,
    editable,
    markUnusable,
    switchMode,
    toggleLeftHanded,
    searchClasses,
    togglePanels,
    showShortcuts,
    toggleGuide,
    addExample,
  ]);

  useEffect(() => editor.commands.register(...own), [editor, own]);

  useOfferedCommands(editor);
}

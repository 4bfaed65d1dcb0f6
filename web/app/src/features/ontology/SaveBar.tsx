import { ActionIcon, Button, Group, Text, TextInput, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { useState } from 'react';
import { formatCount } from '../../ui/format.ts';
import styles from './OntologyEditor.module.css';
import type { OntologyDraftHandle } from './use-ontology-draft.ts';

export interface SaveBarProps {
  readonly draft: OntologyDraftHandle;
  readonly saving: boolean;
  readonly onSave: (reason: string) => void;
  readonly onDiscard: () => void;
  readonly onShowProblem: () => void;
}

/** What changed, why, and the way to keep it. Always there, so that nothing jumps. */
export function SaveBar({ draft, saving, onSave, onDiscard, onShowProblem }: SaveBarProps) {
  const [reason, setReason] = useState('');
  const summary = draft.changes.map((change) => change.text);
  const first = summary.slice(0, 3).join('; ');
  const proposed = summary.length > 3 ? `${first}; and ${summary.length - 3} more` : first;
  const blocked = draft.problems.length > 0;
  return (
    <form
      className={styles.saveBar}
      onSubmit={(event) => {
        event.preventDefault();
        if (!draft.unsaved || blocked) return;
        onSave(reason.trim() === '' ? proposed : reason.trim());
        setReason('');
      }}
    >
      <Group gap={2} wrap="nowrap">
        <Tooltip label="Undo (Ctrl+Z)">
          <ActionIcon aria-label="Undo" disabled={!draft.canUndo} onClick={draft.undo}>
            <IconArrowBackUp size={18} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Redo (Ctrl+Shift+Z)">
          <ActionIcon aria-label="Redo" disabled={!draft.canRedo} onClick={draft.redo}>
            <IconArrowForwardUp size={18} />
          </ActionIcon>
        </Tooltip>
      </Group>
      <Text
        size="sm"
        c={draft.unsaved ? 'bright' : 'dimmed'}
        title={summary.join('\n')}
        className={styles.summary ?? ''}
      >
        {draft.unsaved ? formatCount(summary.length, 'change') : `Version ${draft.version.version}, saved`}
      </Text>
      {blocked ? (
        <Button variant="subtle" size="compact-sm" color="red" flex={1} justify="flex-start" onClick={onShowProblem}>
          {formatCount(draft.problems.length, 'problem')}: {draft.problems[0]?.message}
        </Button>
      ) : (
        <TextInput
          flex={1}
          aria-label="Reason for the change"
          placeholder={draft.unsaved ? `Why? (${proposed})` : 'Nothing to save'}
          disabled={!draft.unsaved}
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <Button variant="default" disabled={!draft.unsaved} onClick={onDiscard}>
        Discard
      </Button>
      <Button type="submit" disabled={!draft.unsaved || blocked} loading={saving}>
        Save
      </Button>
    </form>
  );
}

import { Button, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCloudOff, IconCloudUpload } from '@tabler/icons-react';
import { signInGate } from '../../api/sign-in-gate.ts';
import { useEditor } from '../EditorContext.tsx';
import { useObserved } from '../observed.ts';
import { type SaveWords, saveWords } from '../save-words.ts';
import styles from './Bars.module.css';

const icons = { good: IconCheck, busy: IconCloudUpload, warn: IconCloudOff, bad: IconAlertTriangle } satisfies Record<
  SaveWords['tone'],
  unknown
>;

/** Whether the work is saved, how many changes are not, and that they are safe. A click tries again. */
export function SaveIndicator() {
  const editor = useEditor();
  const status = useObserved(editor.saveStatus);
  const words = saveWords(status);
  const Icon = icons[words.tone];
  const retry = async () => {
    if (status.kind === 'signInNeeded' && !(await signInGate.wait())) return;
    editor.retrySaving();
  };
  return (
    <Tooltip label={words.detail} multiline maw={320}>
      <Button
        className={styles.save ?? ''}
        data-tone={words.tone}
        variant="subtle"
        size="compact-xs"
        leftSection={<Icon size={14} aria-hidden />}
        aria-description={words.detail}
        onClick={retry}
      >
        <span role="status">{words.text}</span>
      </Button>
    </Tooltip>
  );
}

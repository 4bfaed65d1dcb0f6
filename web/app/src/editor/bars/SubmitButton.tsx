import { Button, Menu } from '@mantine/core';
import { IconArrowBackUp, IconBan, IconChevronDown, IconSquareOff } from '@tabler/icons-react';
import { outcomeNames } from '../../features/gallery/image-state.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useEditor } from '../EditorContext.tsx';
import { useObserved } from '../observed.ts';
import type { Submit } from '../use-submit.ts';
import styles from './Bars.module.css';

export interface SubmitButtonProps {
  readonly submit: Submit;
  readonly onUnusable: () => void;
}

/** Says what the image counts as now, ends the work on it, and holds the other ways to end it. */
export function SubmitButton({ submit, onUnusable }: SubmitButtonProps) {
  const { outcome, reason } = useObserved(useEditor().outcome);
  return (
    <Button.Group>
      <Menu width={280}>
        <Menu.Target>
          <Button
            variant="default"
            size="xs"
            px={8}
            rightSection={<IconChevronDown size={14} />}
            aria-label={`Outcome: ${outcomeNames[outcome]}`}
            title={reason ?? undefined}
            className={styles.outcome ?? ''}
            data-outcome={outcome}
          >
            {outcomeNames[outcome]}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconSquareOff size={16} />} onClick={() => submit('verifiedEmpty')}>
            Verified empty: nothing to label
          </Menu.Item>
          <Menu.Item leftSection={<IconBan size={16} />} onClick={onUnusable}>
            Unusable…
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowBackUp size={16} />}
            disabled={outcome === 'unlabelled'}
            onClick={() => submit('unlabelled')}
          >
            Back to not submitted
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Button
        size="xs"
        className={styles.submit ?? ''}
        onClick={() => submit('labelled')}
        rightSection={<KeyHint keys="Ctrl+Enter" />}
      >
        Submit
      </Button>
    </Button.Group>
  );
}

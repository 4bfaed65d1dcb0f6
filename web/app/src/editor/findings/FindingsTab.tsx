import { Button, Kbd, Text, UnstyledButton } from '@mantine/core';
import { IconAlertCircle, IconAlertTriangle } from '@tabler/icons-react';
import type { Finding } from '../../api/types.ts';
import { useEditorSession } from '../EditorContext.tsx';
import { useObserved } from '../observed.ts';
import styles from './Findings.module.css';
import { fixOf, useFindings } from './use-findings.ts';

/** What the checks found: of what is selected first. A click shows it, what is safe to mend has a button. */
export function FindingsTab() {
  const { editor } = useEditorSession();
  const { findings, checked } = useFindings();
  const selection = useObserved(editor.selection);
  const isSelected = ({ annotationId }: Finding) => annotationId != null && selection.includes(annotationId);
  const ordered = [...findings.filter(isSelected), ...findings.filter((finding) => !isSelected(finding))];
  if (ordered.length === 0) {
    return (
      <Text size="xs" c="dimmed">
        {checked
          ? 'The checks find nothing to complain about.'
          : 'There are too many annotations to check while you work. “plumbline validate” checks them on an export.'}
      </Text>
    );
  }
  return (
    <ul className={styles.list}>
      {ordered.slice(0, 200).map((finding, i) => (
        <Line
          // biome-ignore lint/suspicious/noArrayIndexKey: a check may find the same twice in an object
          key={`${finding.check} ${finding.annotationId} ${i}`}
          finding={finding}
          current={isSelected(finding)}
        />
      ))}
    </ul>
  );
}

function Line({ finding, current }: { readonly finding: Finding; readonly current: boolean }) {
  const { editor, readOnlyReason } = useEditorSession();
  const { annotationId, message, explanation, severity } = finding;
  const fix = fixOf(finding);
  const Icon = severity === 'error' ? IconAlertCircle : IconAlertTriangle;
  const show = () => {
    if (annotationId == null) return;
    editor.select([annotationId]);
    editor.zoomTo([annotationId]);
  };
  return (
    <li className={styles.line} data-current={current || undefined}>
      <UnstyledButton className={styles.what} onClick={show}>
        <Icon size={14} className={styles[severity]} role="img" aria-label={severity} />
        <span>{message}</span>
      </UnstyledButton>
      <Text size="xs" c="dimmed">
        {explanation}
      </Text>
      {annotationId != null && fix !== undefined && readOnlyReason === null && (
        <Button
          size="compact-xs"
          variant="default"
          mt={4}
          rightSection={current ? <Kbd size="xs">Alt+N</Kbd> : null}
          onClick={() => editor.shapes.fix(annotationId, fix)}
        >
          {fix === null ? 'Delete it' : 'Cut it at the edge'}
        </Button>
      )}
    </li>
  );
}

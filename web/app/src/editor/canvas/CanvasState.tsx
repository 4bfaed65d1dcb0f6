import { Button, Loader, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useEditorSession } from '../EditorContext.tsx';
import { useObserved } from '../observed.ts';
import styles from './Canvas.module.css';

/** Only a wait longer than this is worth a sign of it. */
const PATIENCE_MS = 250;

/** Over the picture while it loads, and when it could not be loaded. */
export function CanvasState() {
  const { editor, ontology, readOnlyReason } = useEditorSession();
  const state = useObserved(editor.image);
  const loading = state.status === 'loading';
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    setSlow(false);
    if (!loading) return;
    const timer = setTimeout(() => setSlow(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [loading]);

  if (loading && slow) {
    return (
      <div className={styles.overlay} role="status" aria-label="Loading the image">
        <Loader color="gray" />
      </div>
    );
  }
  if (state.status !== 'failed') return null;
  const retry = () => editor.openImage({ ...state.source, ontology, readOnly: readOnlyReason !== null });
  return (
    <div className={styles.overlay} role="alert">
      <Stack align="center" gap="xs">
        <IconAlertTriangle size={28} aria-hidden />
        <Text fw={600}>{state.what === 'picture' ? 'The picture' : 'What is drawn here'} could not be loaded</Text>
        <Text size="sm" maw={420} ta="center">
          {state.message}
        </Text>
        <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={retry}>
          Try again
        </Button>
      </Stack>
    </div>
  );
}

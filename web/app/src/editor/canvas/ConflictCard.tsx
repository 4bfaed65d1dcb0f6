import { Button, Group, Paper, Text } from '@mantine/core';
import type { Conflict, EditorRecord, OutcomeState } from '@plumbline/editor';
import { useState } from 'react';
import { outcomeNames } from '../../features/gallery/image-state.ts';
import { useEditorSession } from '../EditorContext.tsx';
import { useObserved } from '../observed.ts';
import styles from './Canvas.module.css';
import { ShapePreview } from './ShapePreview.tsx';

/** Somebody else changed the same object: both versions side by side, and which one stays. Not modal; work goes on. */
export function ConflictCard() {
  const { editor, image } = useEditorSession();
  const all = useObserved(editor.conflicts);
  const [at, setAt] = useState(0);
  const here = all.filter((conflict) => conflict.setId === image.setId);
  const conflict = here[Math.min(at, here.length - 1)];
  if (conflict === undefined) return null;
  const who = conflict.by?.name ?? 'Somebody else';
  const decide = (keep: 'mine' | 'theirs') => editor.resolveConflict(conflict.id, keep);
  return (
    <Paper className={styles.card} shadow="md" role="alertdialog" aria-label="Conflict">
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" fw={600}>
          {who} changed this too
        </Text>
        {here.length > 1 && (
          <Button variant="subtle" size="compact-xs" onClick={() => setAt((at + 1) % here.length)}>
            {Math.min(at, here.length - 1) + 1} of {here.length}, next
          </Button>
        )}
      </Group>
      <Text size="xs" c="dimmed">
        The picture shows theirs. Nothing is overwritten until you choose.
      </Text>
      <div className={styles.versions}>
        <Version title="Yours" conflict={conflict} side="mine" />
        <Version title={`${who}’s`} conflict={conflict} side="theirs" />
      </div>
      <Group gap="xs" grow>
        <Button size="xs" variant="default" onClick={() => decide('mine')}>
          Keep mine
        </Button>
        <Button size="xs" variant="default" onClick={() => decide('theirs')}>
          Keep theirs
        </Button>
      </Group>
      {conflict.theirs !== null && 'shape' in conflict.theirs && (
        <Button size="compact-xs" variant="subtle" onClick={() => editor.zoomTo([conflict.id])}>
          Show it in the picture
        </Button>
      )}
    </Paper>
  );
}

interface VersionProps {
  readonly title: string;
  readonly conflict: Conflict;
  readonly side: 'mine' | 'theirs';
}

function Version({ title, conflict, side }: VersionProps) {
  const { image } = useEditorSession();
  const version = conflict[side];
  const shapes = [conflict.mine, conflict.theirs].flatMap((v) => (v !== null && 'shape' in v ? [v.shape] : []));
  return (
    <figure className={styles.version}>
      {version !== null && 'shape' in version && (
        <ShapePreview
          shape={version.shape}
          around={shapes}
          picture={image.tiles === null ? image.pixelsUrl : image.thumbnailUrl}
          size={image}
        />
      )}
      <figcaption>
        <b>{title}</b>
        <VersionText version={version} />
      </figcaption>
    </figure>
  );
}

function VersionText({ version }: { readonly version: EditorRecord | OutcomeState | null }) {
  const { ontology } = useEditorSession();
  if (version === null) return <span>deleted</span>;
  if (!('shape' in version)) {
    return (
      <span>
        {outcomeNames[version.outcome]}
        {version.reason !== null && `: ${version.reason}`}
      </span>
    );
  }
  const name = ontology.classes.find((c) => c.id === version.classId)?.name ?? version.classId;
  const values = Object.entries(version.attributes).map(([id, value]) => `${id}: ${String(value)}`);
  return (
    <>
      <span>
        {name}
        {version.ignore && ', ignore'}
      </span>
      {values.length > 0 && <span className={styles.values}>{values.join(', ')}</span>}
    </>
  );
}

import { SegmentedControl, Text, UnstyledButton } from '@mantine/core';
import type { EditorRecord, KeypointsShape } from '@plumbline/editor';
import { useEditorSession } from '../EditorContext.tsx';
import { useObserved } from '../observed.ts';
import styles from './Panels.module.css';

const states = [
  { value: '2', label: 'seen' },
  { value: '1', label: 'hidden' },
  { value: '0', label: 'absent' },
];

/** Every point of a skeleton by name, and how far it is to be seen. */
export function KeypointsForm({ record }: { readonly record: EditorRecord & { readonly shape: KeypointsShape } }) {
  const { editor, ontology, readOnlyReason } = useEditorSession();
  const chosen = useObserved(editor.activeVertices);
  const skeletonId = ontology.classes.find((c) => c.id === record.classId)?.skeletonId;
  const skeleton = ontology.skeletons.find(({ id }) => id === skeletonId);
  const count = record.shape.points.length / 3;
  return (
    <div>
      <Text size="xs" fw={500} mb={2}>
        Keypoints
      </Text>
      {Array.from({ length: count }, (_, index) => {
        const name = skeleton?.points[index] ?? `${index + 1}`;
        return (
          <div key={name} className={styles.keypoint}>
            <UnstyledButton
              className={styles.keypointName}
              data-chosen={chosen.some((vertex) => vertex.index === index)}
              onClick={() => editor.chooseVertices([{ id: record.id, ring: 0, index }])}
            >
              {name}
            </UnstyledButton>
            <SegmentedControl
              size="xs"
              aria-label={`Visibility of ${name}`}
              disabled={readOnlyReason !== null}
              data={states}
              value={String(record.shape.points[3 * index + 2] ?? 0)}
              onChange={(value) => editor.shapes.setVisibility(record.id, index, Number(value) as 0 | 1 | 2)}
            />
          </div>
        );
      })}
    </div>
  );
}

import { ActionIcon, Button, Text } from '@mantine/core';
import { IconPhotoPlus, IconX } from '@tabler/icons-react';
import { Link } from 'react-router';
import { ExamplePicture } from '../../features/ontology/ExamplePicture.tsx';
import { useEditorSession } from '../EditorContext.tsx';
import { useClassInHand } from './class-in-hand.ts';
import styles from './Guide.module.css';

export interface ClassGuideProps {
  /** May change the ontology. */
  readonly mayChange: boolean;
  readonly onAdd: () => void;
  readonly onClose: () => void;
}

/** What the class in hand means, in words and pictures, beside the picture that is labelled. */
export function ClassGuide({ mayChange, onAdd, onClose }: ClassGuideProps) {
  const { projectId } = useEditorSession();
  const shown = useClassInHand();
  return (
    <aside className={styles.guide} aria-label="What the class means">
      <div className={styles.head}>
        <span className={styles.swatch} style={{ background: shown?.color }} aria-hidden />
        <h2 className={styles.name}>{shown?.name ?? 'No class in hand'}</h2>
        <ActionIcon size={24} variant="subtle" aria-label="Close the definition" onClick={onClose}>
          <IconX size={14} />
        </ActionIcon>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: must be scrolled by keyboard when there is no button in it */}
      <section className={styles.body} tabIndex={0} aria-label="Definition and examples">
        {shown !== undefined && shown.description !== '' && <p className={styles.description}>{shown.description}</p>}
        {shown?.description === '' && (
          <Text size="xs" c="dimmed">
            Nobody has written down yet what counts as this class.{' '}
            {mayChange && <Link to={`/projects/${projectId}/ontology?part=classes&class=${shown.id}`}>Write it</Link>}
          </Text>
        )}
        {shown !== undefined && shown.examples.length > 0 && (
          <ol className={styles.examples} aria-label="Examples">
            {shown.examples.map((example, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: an example is told apart by its place only
              <li key={i}>
                <figure>
                  <ExamplePicture example={example} />
                  {example.caption !== '' && <figcaption>{example.caption}</figcaption>}
                </figure>
              </li>
            ))}
          </ol>
        )}
        {shown !== undefined && mayChange && (
          <Button
            variant="default"
            size="xs"
            flex="none"
            leftSection={<IconPhotoPlus size={14} aria-hidden />}
            onClick={onAdd}
          >
            Use as an example…
          </Button>
        )}
      </section>
    </aside>
  );
}

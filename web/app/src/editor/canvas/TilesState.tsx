import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { useEditorSession } from '../EditorContext.tsx';
import styles from './Canvas.module.css';

/** Why a large picture is not sharp: its tiles are not there yet, or could not be made. */
export function TilesState() {
  const { image, projectId } = useEditorSession();
  if (image.tiles === null || image.tiles.state === 'ready') return null;
  return (
    <div className={styles.hint} role="status">
      <span>
        {image.tiles.state === 'making'
          ? 'This large picture is being cut into tiles. Until then it is shown small.'
          : 'This large picture could not be cut into tiles and is shown small.'}
      </span>
      <Anchor component={Link} to={`/projects/${projectId}/jobs`} size="xs" className={styles.hintLink}>
        Jobs
      </Anchor>
    </div>
  );
}

import { Button } from '@mantine/core';
import { ErrorNote } from './ErrorNote.tsx';
import styles from './Page.module.css';

export interface ShowMoreProps {
  /** A list that is read page by page. */
  readonly list: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly error: Error | null;
    readonly fetchNextPage: () => unknown;
  };
}

/** Below a list of which more is on the server. */
export function ShowMore({ list }: ShowMoreProps) {
  if (!list.hasNextPage && list.error === null) return null;
  return (
    <div className={styles.more}>
      <ErrorNote error={list.error} />
      <Button variant="default" loading={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
        Show more
      </Button>
    </div>
  );
}

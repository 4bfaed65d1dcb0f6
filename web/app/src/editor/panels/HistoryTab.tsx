import { ActionIcon, Button, SegmentedControl, Stack, Text, Tooltip } from '@mantine/core';
import type { EarlierState } from '@plumbline/editor';
import { IconHistory, IconRestore } from '@tabler/icons-react';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { api } from '../../api/client.ts';
import { events } from '../../api/events.ts';
import type { Page } from '../../api/types.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { SkeletonRows } from '../../ui/Skeletons.tsx';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import { toast } from '../../ui/toast-store.ts';
import { useEditorSession } from '../EditorContext.tsx';
import { describeHistoryItem, type HistoryItem } from '../history-entries.ts';
import { useObserved } from '../observed.ts';
import styles from './Panels.module.css';

const PAGE = 100;

/** Who changed what and when, of the image or of the selected object, and the way back to any state. */
export function HistoryTab() {
  const { editor, image, ontology, readOnlyReason } = useEditorSession();
  const client = useQueryClient();
  const selection = useObserved(editor.selection);
  const [scope, setScope] = useState<'object' | 'image'>('object');
  const [onlyId] = selection;
  const annotationId = scope === 'object' && selection.length === 1 ? (onlyId ?? null) : null;
  const key = useMemo(() => ['annotation-set', image.setId, 'history'], [image.setId]);
  const history = useInfiniteQuery({
    queryKey: [...key, annotationId],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<HistoryItem>>(`/annotation-sets/${image.setId}/history`, {
        query: { annotationId, cursor: pageParam, limit: PAGE },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    staleTime: 0,
  });
  const items = useMemo(() => history.data?.pages.flatMap((page) => page.items) ?? [], [history.data]);
  const names = useMemo(() => new Map(ontology.classes.map((c) => [c.id, c.name])), [ontology]);

  useEffect(
    () =>
      events.on('set', (event) => {
        if (event.setId === image.setId) client.invalidateQueries({ queryKey: key });
      }),
    [client, image.setId, key],
  );

  /** Of one object, or of the image. An edit of the editor's, so that undo takes it back. */
  const restore = async (revision: number, only: string | null) => {
    try {
      await editor.whenSaved();
      const query = { revision, annotationId: only };
      const earlier = await api.get<EarlierState>(`/annotation-sets/${image.setId}/earlier`, { query });
      if (editor.image.value.status !== 'ready' || editor.image.value.source.setId !== image.setId) return;
      editor.actions.bringBack(earlier, only === null ? 'Bring the image back' : 'Bring the object back', only);
    } catch (error) {
      toast({ tone: 'bad', title: 'It could not be brought back', message: messageOf(error) });
    }
  };

  return (
    <Stack gap="xs">
      {selection.length === 1 && (
        <SegmentedControl
          size="xs"
          aria-label="Whose history"
          value={scope}
          onChange={(value) => setScope(value as typeof scope)}
          data={[
            { value: 'object', label: 'This object' },
            { value: 'image', label: 'The whole image' },
          ]}
        />
      )}
      <ErrorNote error={history.error} />
      {history.isPending && <SkeletonRows rows={4} height={34} />}
      <ol className={styles.history}>
        {items.map((item, index) => (
          <li key={`${item.revision}-${item.annotationId}`} className={styles.event}>
            <div className={styles.eventText}>
              <Text size="xs" component="div">
                <b>{item.by?.name ?? 'Somebody'}</b> {describeHistoryItem(item, items.slice(index + 1), names)}
              </Text>
              <Text size="xs" c="dimmed" component="div">
                <TimeAgo time={item.at} />
              </Text>
            </div>
            {readOnlyReason === null && annotationId === null && item.op === 'delete' && (
              <Tooltip label="Bring back this object alone">
                <ActionIcon
                  size={22}
                  aria-label={`Bring back the object deleted in revision ${item.revision}`}
                  onClick={() => restore(item.revision - 1, item.annotationId)}
                >
                  <IconRestore size={14} />
                </ActionIcon>
              </Tooltip>
            )}
            {readOnlyReason === null && index > 0 && (
              <Tooltip
                label={
                  annotationId === null ? 'Bring the image back to this state' : 'Bring the object back to this state'
                }
              >
                <ActionIcon
                  size={22}
                  aria-label={`Bring back revision ${item.revision}`}
                  onClick={() => restore(item.revision, annotationId)}
                >
                  <IconHistory size={14} />
                </ActionIcon>
              </Tooltip>
            )}
          </li>
        ))}
      </ol>
      {history.isSuccess && items.length === 0 && (
        <Text size="xs" c="dimmed">
          Nothing has been changed yet.
        </Text>
      )}
      {history.hasNextPage && (
        <Button
          size="compact-xs"
          variant="default"
          loading={history.isFetchingNextPage}
          onClick={() => history.fetchNextPage()}
        >
          Older
        </Button>
      )}
    </Stack>
  );
}

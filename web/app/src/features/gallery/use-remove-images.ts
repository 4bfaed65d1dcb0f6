import { type InfiniteData, type QueryKey, useQueryClient } from '@tanstack/react-query';
import { messageOf } from '../../api/api-error.ts';
import { api } from '../../api/client.ts';
import type { ImageSummary, Page } from '../../api/types.ts';
import { formatCount } from '../../ui/format.ts';
import { toast } from '../../ui/toast-store.ts';
import { withoutImages } from './use-gallery-images.ts';

const PER_REQUEST = 1_000;

/** Removing images at once, with the way back: the server keeps them for 30 days. */
export function useRemoveImages(projectId: string, queryKey: QueryKey) {
  const client = useQueryClient();
  const send = async (verb: 'remove' | 'restore', ids: readonly string[]) => {
    for (let at = 0; at < ids.length; at += PER_REQUEST) {
      await api.post(`/projects/${projectId}/images/${verb}`, { ids: ids.slice(at, at + PER_REQUEST) });
    }
  };
  const refresh = () => {
    client.invalidateQueries({ queryKey });
    client.invalidateQueries({ queryKey: ['project', projectId, 'self'] });
  };
  const restore = async (ids: readonly string[]) => {
    try {
      await send('restore', ids);
      toast({ tone: 'good', title: `${formatCount(ids.length, 'image')} back` });
    } catch (error) {
      toast({ tone: 'bad', title: 'Not all images could be put back', message: messageOf(error) });
    }
    refresh();
  };

  return async (ids: readonly string[]) => {
    client.setQueryData<InfiniteData<Page<ImageSummary>, string | null>>(
      queryKey,
      (data) => data && withoutImages(data, new Set(ids)),
    );
    try {
      await send('remove', ids);
      toast({
        tone: 'info',
        title: `${formatCount(ids.length, 'image')} removed`,
        message: 'They can be put back for 30 days.',
        action: { label: 'Undo', run: () => restore(ids) },
      });
    } catch (error) {
      toast({ tone: 'bad', title: 'Not all images could be removed', message: messageOf(error) });
    }
    refresh();
  };
}

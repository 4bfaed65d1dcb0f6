import { type InfiniteData, keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { api } from '../../api/client.ts';
import { events } from '../../api/events.ts';
import type { ImageSummary, Page } from '../../api/types.ts';
import type { ImageSort } from './image-state.ts';

const PAGE = 500;
/** Live changes are gathered for so long, so that an upload or ten people at work cost one request, not hundreds. */
const GATHER_MS = 1_500;

type Pages = InfiniteData<Page<ImageSummary>, string | null>;

/** The images that match, page by page, kept in step with what the server tells. */
export function useGalleryImages(projectId: string, filter: string, sort: ImageSort) {
  const client = useQueryClient();
  const queryKey = useMemo(() => ['project', projectId, 'gallery', { filter, sort }], [projectId, filter, sort]);
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<ImageSummary>>(`/projects/${projectId}/images`, {
        query: { filter, sort, cursor: pageParam, limit: PAGE, count: pageParam === null ? true : null },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
  const images = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);

  useEffect(() => {
    const changed = new Set<string>();
    let listChanged = false;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const flush = async () => {
      timer = null;
      if (listChanged) {
        listChanged = false;
        changed.clear();
        await client.invalidateQueries({ queryKey });
        return;
      }
      const ids = [...changed];
      changed.clear();
      const fresh = await Promise.allSettled(ids.map((id) => api.get<ImageSummary>(`/images/${id}`)));
      const byId = new Map(fresh.flatMap((r) => (r.status === 'fulfilled' ? [[r.value.id, r.value] as const] : [])));
      client.setQueryData<Pages>(queryKey, (data) => data && withImages(data, byId));
      client.invalidateQueries({ queryKey: ['project', projectId, 'self'] });
    };
    const soon = () => {
      timer ??= setTimeout(flush, GATHER_MS);
    };
    const stops = [
      events.on('images', (event) => {
        if (event.projectId !== projectId) return;
        listChanged = true;
        soon();
      }),
      events.on('set', (event) => {
        if (event.projectId !== projectId) return;
        changed.add(event.imageId);
        soon();
      }),
    ];
    return () => {
      if (timer !== null) clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [client, projectId, queryKey]);

  return {
    images,
    /** How many match on the server; at least as many as are loaded. */
    count: Math.max(query.data?.pages[0]?.count ?? 0, images.length),
    query,
    queryKey,
  };
}

/** The pages with newer versions of their images, in place: the order stays while one looks at it. */
export function withImages(data: Pages, byId: ReadonlyMap<string, ImageSummary>): Pages {
  return {
    ...data,
    pages: data.pages.map((page) => ({ ...page, items: page.items.map((image) => byId.get(image.id) ?? image) })),
  };
}

/** The pages without some images, before the server has confirmed it. */
export function withoutImages(data: Pages, ids: ReadonlySet<string>): Pages {
  return {
    ...data,
    pages: data.pages.map((page) => ({
      ...page,
      items: page.items.filter((image) => !ids.has(image.id)),
      ...(page.count === undefined || page.count === null ? {} : { count: Math.max(0, page.count - ids.size) }),
    })),
  };
}

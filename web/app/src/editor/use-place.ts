import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api } from '../api/client.ts';
import { queries } from '../api/queries.ts';
import type { ImageSummary, Neighbours } from '../api/types.ts';
import { type Place, stepTo } from './sequence.ts';

export const imageQueryKey = (imageId: string) => ['image', imageId] as const;

const nowhere: Neighbours = { index: null, count: 0, previous: [], next: [] };

/**
 * The open image and its place in the list it was opened from. A step to a neighbour is answered at once from what is
 * known and made exact when the server has answered.
 */
export function usePlace(imageId: string, filter: string | null, sort: string | null) {
  const detail = useQuery(queries.image(imageId));
  const around = useQuery({
    queryKey: [...imageQueryKey(imageId), 'neighbours', { filter, sort }],
    queryFn: ({ signal }) => api.get<Neighbours>(`/images/${imageId}/neighbours`, { query: { filter, sort }, signal }),
    staleTime: 10_000,
  });
  const last = useRef<Place | null>(null);
  const stepped = last.current === null ? null : stepTo(last.current, imageId);
  const image: ImageSummary | undefined = detail.data ?? stepped?.image;
  // An image that has just left the list (submitted under `state:new`) keeps the neighbours it had in it.
  const gone = around.data?.index === null && stepped !== null && stepped.neighbours.index !== null;
  const neighbours = gone ? stepped.neighbours : (around.data ?? stepped?.neighbours ?? nowhere);

  useEffect(() => {
    if (image !== undefined) last.current = { image, neighbours };
  }, [image, neighbours]);

  return { image, detail: detail.data, neighbours, error: detail.error, retry: detail.refetch };
}

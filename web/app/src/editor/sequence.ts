import type { ImageSummary, Neighbours } from '../api/types.ts';

/** An image and those around it in the list it was opened from, both sides in the order of the list. */
export interface Place {
  readonly image: ImageSummary;
  readonly neighbours: Neighbours;
}

/**
 * What is known of the place of a neighbour before the server has answered, so that the next step needs no waiting.
 * null when `imageId` is none of the known neighbours.
 */
export function stepTo(place: Place, imageId: string): Place | null {
  const { previous, next, index, count } = place.neighbours;
  const order = [...previous, place.image, ...next];
  const at = order.findIndex((image) => image.id === imageId);
  const image = order[at];
  if (image === undefined) return null;
  return {
    image,
    neighbours: {
      index: index === null ? null : index + at - previous.length,
      count,
      previous: order.slice(0, at),
      next: order.slice(at + 1),
    },
  };
}

/** The images to fetch ahead, most wanted first: two forward, one back, then the rest forward. */
export function toPrefetch({ previous, next }: Neighbours): readonly ImageSummary[] {
  return [...next.slice(0, 2), ...previous.slice(-1), ...next.slice(2, 4)];
}

import type { Verdict } from '@plumbline/editor';
import type { ImageState, ImageSummary, Outcome } from '../../api/types.ts';

export const stateNames: Readonly<Record<ImageState, string>> = { new: 'New', inProgress: 'In progress', done: 'Done' };

export const outcomeNames: Readonly<Record<Outcome, string>> = {
  unlabelled: 'Not submitted',
  labelled: 'Labelled',
  verifiedEmpty: 'Verified empty',
  unusable: 'Unusable',
};

export const verdictNames: Readonly<Record<Verdict, string>> = { accepted: 'Accepted', unsure: 'Unsure' };

export const sortNames = {
  path: 'Name',
  '-path': 'Name, backwards',
  '-added': 'Newest first',
  added: 'Oldest first',
  '-updated': 'Last changed first',
  '-annotations': 'Most objects first',
  annotations: 'Fewest objects first',
} as const;
export type ImageSort = keyof typeof sortNames;

export const isSort = (text: string | null): text is ImageSort => text !== null && text in sortNames;

/** What a tile says about its image: the outcome when it is done, else the state. */
export function stateLabel(image: ImageSummary): string {
  const special = image.outcome === 'verifiedEmpty' || image.outcome === 'unusable';
  return special ? outcomeNames[image.outcome] : stateNames[image.state];
}

import type { SaveStatus } from '@plumbline/editor';

export interface SaveWords {
  readonly tone: 'good' | 'busy' | 'warn' | 'bad';
  readonly text: string;
  /** The whole story, for the tooltip and screen readers. */
  readonly detail: string;
}

const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** What the save indicator says. Unsent changes are in the browser's journal, except when that is full. */
export function saveWords(status: SaveStatus): SaveWords {
  switch (status.kind) {
    case 'saved':
      return {
        tone: 'good',
        text: status.at === null ? 'Saved' : `Saved ${time.format(status.at)}`,
        detail: 'Everything is on the server.',
      };
    case 'unsaved':
      return {
        tone: 'busy',
        text: `Saving ${status.count}`,
        detail: `${safe(status.count)} and on the way to the server.`,
      };
    case 'offline':
      return {
        tone: 'warn',
        text: `Offline · ${status.count} unsaved`,
        detail: `The server cannot be reached. ${safe(status.count)} and sent as soon as it answers.`,
      };
    case 'signInNeeded':
      return {
        tone: 'warn',
        text: `Sign in · ${status.count} unsaved`,
        detail: `The session has ended. ${safe(status.count)} and sent once you are signed in again.`,
      };
    case 'machineFull':
      return status.where === 'browser'
        ? {
            tone: 'bad',
            text: `This browser is full · ${status.count} unsaved`,
            detail: `${count(status.count)} only in memory: keep this page open until they are saved, and free some disk space.`,
          }
        : {
            tone: 'bad',
            text: `Server full · ${status.count} unsaved`,
            detail: `The server's disk is full; an administrator has to make room. ${safe(status.count)}.`,
          };
    case 'undecided':
      return {
        tone: 'warn',
        text: status.conflicts === 1 ? '1 conflict to decide' : `${status.conflicts} conflicts to decide`,
        detail:
          'Somebody else changed the same thing. Both versions are safe; choose one on the card over the picture.',
      };
    case 'blocked':
      if (status.count === 0) {
        return {
          tone: 'bad',
          text: 'Refused by the server',
          detail: status.message ?? 'See the card over the picture.',
        };
      }
      return {
        tone: 'bad',
        text: `Not accepted · ${status.count} unsaved`,
        detail: `${status.message ?? 'The server refused some changes.'} ${safe(status.count)}.`,
      };
  }
}

function count(changes: number): string {
  return changes === 1 ? '1 change is' : `${changes} changes are`;
}

function safe(changes: number): string {
  return `${count(changes)} safe on this machine`;
}

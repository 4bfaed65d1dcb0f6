import { describe, expect, it } from 'vitest';
import { atLeast } from '../src/api/roles.ts';
import type { Job } from '../src/api/types.ts';
import { matchScore, rank } from '../src/commands/match.ts';
import { resultOf } from '../src/features/exports/export-result.ts';
import { outcomeText } from '../src/features/imports/report-view.ts';
import { durationText, fractionOf, progressText } from '../src/features/jobs/job-view.ts';
import { passwordComplaint } from '../src/features/session/password.ts';
import { safeNext } from '../src/features/session/safe-next.ts';
import { formatBytes, formatCount, formatDuration, formatRelative } from '../src/ui/format.ts';
import { initialsOf } from '../src/ui/initials.ts';
import { splitForEllipsis } from '../src/ui/middle-ellipsis.ts';

const job: Job = {
  ...{ id: 'j', kind: 'ingest', projectId: 'p', title: 'Take in', state: 'running', message: null, error: null },
  ...{ progress: { done: 120, total: 1000, unit: 'images' }, attempt: 1, createdAt: '2026-01-01T00:00:00Z' },
  ...{ startedAt: '2026-01-01T00:00:10Z', finishedAt: null, createdBy: null, result: null },
};

describe('job-view', () => {
  it.each([
    ['running with a known end', {}, 0.12, '120 of 1,000 images'],
    ['running without', { progress: { done: 3, total: null, unit: 'files' } }, null, '3 files'],
    ['just begun', { progress: { done: 0, total: null, unit: '' } }, null, 'Running'],
    ['waiting', { state: 'queued' }, 0.12, 'Waits for its turn'],
    ['done, whatever it counted', { state: 'succeeded' }, 1, '120 of 1,000 images'],
    ['cancelled with a last word', { state: 'cancelled', message: 'Stopped by Mia' }, 0.12, 'Stopped by Mia'],
    [
      'an import that ended',
      { state: 'succeeded', result: { added: 12, duplicates: 0, refused: 1 } },
      1,
      '12 added · 1 refused',
    ],
    ['counting nothing', { progress: { done: 0, total: 0, unit: 'images' } }, null, '0 of 0 images'],
  ] as const)('tells a job that is %s', (_, change, fraction, text) => {
    const seen: Job = { ...job, ...change };
    expect([fractionOf(seen), progressText(seen)]).toEqual([fraction, text]);
  });

  it('counts time from the start to the end or to now', () => {
    expect(durationText(job, Date.parse('2026-01-01T00:03:30Z'))).toBe('3 min 20 s');
    expect(durationText({ ...job, finishedAt: '2026-01-01T00:00:55Z' }, 0)).toBe('45 s');
    expect(durationText({ ...job, startedAt: null }, 0)).toBeNull();
  });
});

describe('resultOf', () => {
  it('reads what a finished export made, and nothing from others', () => {
    const result = { fileName: 'x.zip', bytes: 5, images: 2, annotations: 3, losses: 0, labelLosses: 0 };
    expect(resultOf({ ...job, state: 'succeeded', result })).toEqual(result);
    expect(resultOf({ ...job, result })).toBeNull();
    expect(resultOf({ ...job, state: 'succeeded', result: {} })).toBeNull();
  });
});

describe('outcomeText', () => {
  it('names only what happened', () => {
    expect(outcomeText({ added: 1312, duplicates: 3, refused: 2 })).toBe('1,312 added · 3 already there · 2 refused');
    expect(outcomeText({ added: 0, duplicates: 0, refused: 0 })).toBe('0 added');
  });
});

describe('atLeast', () => {
  it.each([
    ['viewer', 'viewer', true],
    ['viewer', 'annotator', false],
    ['reviewer', 'annotator', true],
    ['manager', 'owner', false],
    ['owner', 'manager', true],
    [undefined, 'viewer', false],
  ] as const)('%s may do what %s may: %s', (role, needed, may) => expect(atLeast(role, needed)).toBe(may));
});

describe('safeNext', () => {
  it.each([
    ['/projects/1/images?filter=a', '/projects/1/images?filter=a'],
    ['//evil.example', '/projects'],
    ['/\\evil.example', '/projects'],
    ['https://evil.example', '/projects'],
    ['/sign-in?next=/sign-in', '/projects'],
    [null, '/projects'],
  ])('%s leads to %s', (next, to) => expect(safeNext(next)).toBe(to));
});

describe('passwordComplaint', () => {
  it('asks for ten characters, twice the same', () => {
    expect(passwordComplaint('short', 'short')).toMatch(/10/);
    expect(passwordComplaint('long enough it is', 'long enough it was')).toMatch(/differ/);
    expect(passwordComplaint('long enough', 'long enough')).toBeNull();
  });
});

describe('rank', () => {
  it('wants every word, prefers beginnings, keeps the order of equals', () => {
    expect(rank(['pole', 'traffic light', 'light pole', 'car'], 'light', (text) => text)).toEqual([
      'light pole',
      'traffic light',
    ]);
    expect(rank(['b', 'a'], '', (text) => text)).toEqual(['b', 'a']);
    expect(matchScore('Street scenes', 'street xyz')).toBe(0);
  });
});

describe('format', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_000, '1.0 kB'],
    [8_388_608, '8.4 MB'],
    [999_960, '1.0 MB'],
    [123_456_789_012, '123 GB'],
  ])('%i bytes read %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it.each([
    [-0.2, '0 s'],
    [59.4, '59 s'],
    [200, '3 min 20 s'],
    [7_500, '2 h 5 min'],
  ])('%d seconds read %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));

  it('counts in singular and plural', () => {
    expect([formatCount(1, 'image'), formatCount(2000, 'image'), formatCount(0, 'class', 'classes')]).toEqual([
      '1 image',
      '2,000 images',
      '0 classes',
    ]);
  });

  it('tells past and future relative to now', () => {
    const now = new Date('2026-05-10T12:00:00Z');
    expect(formatRelative('2026-05-10T11:59:30Z', now)).toBe('just now');
    expect(formatRelative('2026-05-10T11:57:00Z', now)).toBe('3 minutes ago');
    expect(formatRelative('2026-05-12T12:00:01Z', now)).toBe('in 2 days');
  });
});

describe('splitForEllipsis', () => {
  it('keeps the end of long names, short names whole, and never halves a character', () => {
    expect(splitForEllipsis('short.jpg')).toEqual({ head: 'short.jpg', tail: '' });
    expect(splitForEllipsis('a_very_long_name_of_a_file_0042.jpg').tail).toBe('e_0042.jpg');
    const faces = '🙂'.repeat(30);
    const { head, tail } = splitForEllipsis(faces);
    expect(head + tail).toBe(faces);
    expect(tail).toBe('🙂'.repeat(10));
  });
});

describe('initialsOf', () => {
  it.each([
    ['Ada Lindqvist', 'AL'],
    ['Mia Fernández de la Torre', 'MT'],
    ['sam', 'S'],
    ['', ''],
  ])('%s has %s', (name, initials) => expect(initialsOf(name)).toBe(initials));
});

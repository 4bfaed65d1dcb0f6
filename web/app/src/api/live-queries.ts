import type { QueryClient } from '@tanstack/react-query';
import { events } from './events.ts';
import { isOver, type JobPages, withJob } from './jobs-in-order.ts';

/** Keeps what was read in step with what the server tells. Returns the function that stops it. */
export function followEvents(client: QueryClient): () => void {
  const stops = [
    events.on('job', (job) => {
      for (const key of [['jobs'], ...(job.projectId === null ? [] : [['project', job.projectId, 'jobs']])]) {
        client.setQueryData<JobPages>(key, (list) => list && withJob(list, job));
      }
      if (job.projectId !== null && isOver(job)) {
        for (const part of ['self', 'exports', 'reports', 'images']) {
          client.invalidateQueries({ queryKey: ['project', job.projectId, part] });
        }
        client.invalidateQueries({ queryKey: ['projects'] });
        if (job.kind === 'tiles') client.invalidateQueries({ queryKey: ['image'] });
      }
    }),
    events.on('images', ({ projectId }) => {
      client.invalidateQueries({ queryKey: ['project', projectId, 'self'] });
      client.invalidateQueries({ queryKey: ['project', projectId, 'images'] });
      client.invalidateQueries({ queryKey: ['projects'] });
    }),
    events.on('ontology', ({ projectId }) =>
      client.invalidateQueries({ queryKey: ['project', projectId, 'ontology'] }),
    ),
    events.on('resync', () => client.invalidateQueries()),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

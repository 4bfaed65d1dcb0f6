import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { withJob } from '../../api/jobs-in-order.ts';
import { queries } from '../../api/queries.ts';
import type { Job } from '../../api/types.ts';
import type { ChosenOptions } from '../formats/FormatOptionFields.tsx';

export interface Look {
  /** Null: it is found out from the files. */
  readonly format: string | null;
  readonly options: ChosenOptions;
}

/** Reads the same files in another way. */
export function useLookAgain(jobId: string, onLook: (jobId: string) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ format, options }: Look) =>
      api.post<Job>(`/imports/${jobId}/looks`, { format, options: format === null ? {} : options }),
    onSuccess: (job) => {
      if (job.projectId !== null) {
        client.setQueryData(queries.jobs(job.projectId).queryKey, (list) => list && withJob(list, job));
      }
      onLook(job.id);
    },
  });
}

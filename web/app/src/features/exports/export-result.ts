import type { ExportResult, Job } from '../../api/types.ts';

/** What a finished export made; null while there is nothing to fetch. */
export function resultOf(job: Job): ExportResult | null {
  const { result } = job;
  if (job.state !== 'succeeded' || typeof result?.fileName !== 'string') return null;
  const count = (name: string): number => {
    const value = result[name];
    return typeof value === 'number' ? value : 0;
  };
  return {
    fileName: result.fileName,
    bytes: count('bytes'),
    images: count('images'),
    annotations: count('annotations'),
    losses: count('losses'),
    labelLosses: count('labelLosses'),
  };
}

export const downloadUrl = (jobId: string): string => `/api/exports/${jobId}/file`;

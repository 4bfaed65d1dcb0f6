import { withoutStop } from '../../api/api-error.ts';
import { formatBytes, formatDuration } from '../../ui/format.ts';
import { progressText } from '../jobs/job-view.ts';
import type { UploadView } from './upload-store.ts';

/** How far an upload is, in one line. */
export function uploadText({ phase, bytes, sentBytes, bytesPerSecond }: UploadView): string {
  if (phase.kind === 'failed') return phase.message;
  if (phase.kind !== 'sending') return progressText(phase.job);
  if (phase.waitingFor !== null) return `${withoutStop(phase.waitingFor)}. Waiting to go on …`;
  if (sentBytes >= bytes) return 'All sent; the server takes it over …';
  const amount = `${formatBytes(sentBytes)} of ${formatBytes(bytes)}`;
  if (bytesPerSecond === null || bytesPerSecond < 1) return amount;
  const left = formatDuration((bytes - sentBytes) / bytesPerSecond);
  return `${amount} · ${formatBytes(bytesPerSecond)}/s · ${left} left`;
}

import { Button, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queries } from '../../api/queries.ts';
import type { Job } from '../../api/types.ts';
import { formatCount } from '../../ui/format.ts';
import { ReportDialog } from './ReportDialog.tsx';
import { outcomeText } from './report-view.ts';

/** What an import brought in, and the way to what it refused. */
export function ReportOutcome({ projectId, job }: { readonly projectId: string; readonly job: Job }) {
  const [open, setOpen] = useState(false);
  const reports = useQuery(queries.reports(projectId, job.id));
  const report = reports.data?.items[0];
  if (job.error !== null) {
    return (
      <Text size="xs" c="red" mt={4}>
        {job.error}
      </Text>
    );
  }
  if (reports.isPending) return <Skeleton height={48} />;
  if (report === undefined) return null;
  return (
    <div>
      <Text size="xs" mt={4} className="tabular">
        {outcomeText(report)}
      </Text>
      {report.issueCount > 0 && (
        <Button size="compact-xs" variant="light" color="yellow" mt={6} onClick={() => setOpen(true)}>
          Show {formatCount(report.issueCount, 'note')}
        </Button>
      )}
      <ReportDialog report={report} opened={open} onClose={() => setOpen(false)} />
    </div>
  );
}

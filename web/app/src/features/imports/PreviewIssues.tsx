import { Badge, Text } from '@mantine/core';
import type { ReportIssue } from '../../api/types.ts';
import { formatNumber } from '../../ui/format.ts';
import styles from './ImportPreview.module.css';

export interface PreviewIssuesProps {
  readonly issues: readonly ReportIssue[];
  readonly total: number;
}

/** The first faults of a dataset, with their place in the files. */
export function PreviewIssues({ issues, total }: PreviewIssuesProps) {
  if (total === 0) return <Text size="sm">Nothing is wrong with these files.</Text>;
  return (
    <>
      {issues.map((issue, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a preview never changes
        <div key={index} className={styles.issue}>
          <Badge size="xs" color={issue.severity === 'error' ? 'red' : 'yellow'}>
            {issue.severity}
          </Badge>
          <Text size="xs" className={styles.message}>
            {issue.message}
          </Text>
        </div>
      ))}
      {issues.length < total && (
        <Text size="xs" c="dimmed">
          The first {formatNumber(issues.length)} of {formatNumber(total)}; the report of the import lists them all.
        </Text>
      )}
    </>
  );
}

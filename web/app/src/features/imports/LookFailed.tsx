import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useState } from 'react';
import type { Job } from '../../api/types.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { FormatSelect } from './FormatSelect.tsx';
import { useDiscard } from './use-discard.ts';
import { useLookAgain } from './use-look-again.ts';

export interface LookFailedProps {
  readonly job: Job;
  readonly onLook: (jobId: string) => void;
}

/** The files could not be read; perhaps they can in another format. */
export function LookFailed({ job, onLook }: LookFailedProps) {
  const [format, setFormat] = useState<string | null>(null);
  const discard = useDiscard(job.id);
  const again = useLookAgain(job.id, onLook);
  return (
    <Stack>
      <Alert color="red" icon={<IconAlertCircle size={18} />} role="alert">
        {job.error ?? 'The reading was cancelled.'}
      </Alert>
      <FormatSelect label="Read it in another format" value={format} onChange={setFormat} />
      <ErrorNote error={discard.error ?? again.error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" loading={discard.isPending} onClick={() => discard.mutate()}>
          Give up
        </Button>
        <Button loading={again.isPending} onClick={() => again.mutate({ format, options: {} })}>
          Read again
        </Button>
      </Group>
    </Stack>
  );
}

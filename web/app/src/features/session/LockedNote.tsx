import { Alert } from '@mantine/core';
import { IconClockPause } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { formatDuration } from '../../ui/format.ts';

export interface LockedNoteProps {
  readonly seconds: number;
  /** Milliseconds since the epoch at which the lock was told. */
  readonly since: number;
  readonly onOver: () => void;
}

/** Too many wrong passwords: counts down to the next try. */
export function LockedNote({ seconds, since, onOver }: LockedNoteProps) {
  const [now, setNow] = useState(Date.now);
  const left = Math.ceil(seconds - (now - since) / 1000);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (left <= 0) onOver();
  }, [left, onOver]);
  return (
    <Alert color="yellow" variant="light" icon={<IconClockPause size={18} />} role="alert" className="tabular">
      Too many wrong passwords. Sign-in for this account opens again in {formatDuration(left)}.
    </Alert>
  );
}

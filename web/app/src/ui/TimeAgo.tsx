import { useEffect, useState } from 'react';
import { formatDateTime, formatRelative } from './format.ts';

/** When something happened, kept true while it stands on the screen; the exact time on hover. */
export function TimeAgo({ time }: { readonly time: string }) {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={time} title={formatDateTime(time)}>
      {formatRelative(time, now)}
    </time>
  );
}

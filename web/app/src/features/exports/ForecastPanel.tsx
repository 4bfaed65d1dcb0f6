import { Alert, List, Skeleton, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { FormatForecast } from '../../api/types.ts';
import { lossText } from './loss-words.ts';

/** What would be lost, before it is. */
export function ForecastPanel({ forecast }: { readonly forecast: FormatForecast | undefined }) {
  if (forecast === undefined) return <Skeleton height={120} />;
  const labels = forecast.losses.filter(({ bookkeeping }) => !bookkeeping);
  const rest = forecast.losses.filter(({ bookkeeping }) => bookkeeping);
  return (
    <div aria-live="polite">
      {labels.length === 0 ? (
        <Alert color="teal" icon={<IconCircleCheck size={18} />}>
          It holds every label of this project.
        </Alert>
      ) : (
        <Alert color="yellow" icon={<IconAlertTriangle size={18} />} title="It cannot say as it is">
          <List size="xs" spacing={2}>
            {labels.map((loss) => (
              <List.Item key={`${loss.code}${loss.shape}`}>{lossText(loss)}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      {rest.length > 0 && (
        <Text size="xs" c="dimmed" mt={6}>
          Nor: {rest.map(lossText).join('; ')}.
        </Text>
      )}
    </div>
  );
}

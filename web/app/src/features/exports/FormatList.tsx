import { Group, Radio, Text } from '@mantine/core';
import type { Format, FormatForecast } from '../../api/types.ts';
import { grouped, purposeOf } from '../formats/format-words.ts';
import styles from './ExportDialog.module.css';

export interface FormatListProps {
  readonly formats: readonly Format[];
  readonly value: string;
  readonly onChange: (format: string) => void;
  /** What each would lose, once it is known. */
  readonly forecasts: ReadonlyMap<string, FormatForecast>;
}

/** Every format by what it is for, with a sign at those that hold all labels. */
export function FormatList({ formats, value, onChange, forecasts }: FormatListProps) {
  return (
    <Radio.Group label="Format" value={value} onChange={onChange} className={styles.list}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys */}
      <section className={styles.formats} tabIndex={0} aria-label="Formats">
        {grouped(formats).map((entry) => (
          <div key={entry.group}>
            <Text size="xs" c="dimmed" fw={600} className={styles.group ?? ''}>
              {entry.group}
            </Text>
            {entry.formats.map(({ name, title }) => (
              <Radio.Card key={name} value={name} className={styles.format}>
                <Group wrap="nowrap" align="flex-start" gap="sm">
                  <Radio.Indicator mt={2} />
                  <div className={styles.words}>
                    <Text fw={550} size="sm">
                      {title}
                    </Text>
                    <Text size="xs" c="dimmed">
                      {purposeOf(name)}
                    </Text>
                  </div>
                  {holdsAll(forecasts.get(name)) && (
                    <Text size="xs" className={styles.whole ?? ''}>
                      holds all
                    </Text>
                  )}
                </Group>
              </Radio.Card>
            ))}
          </div>
        ))}
      </section>
    </Radio.Group>
  );
}

const holdsAll = (forecast: FormatForecast | undefined): boolean =>
  forecast?.losses.every(({ bookkeeping }) => bookkeeping) === true;

import { SegmentedControl } from '@mantine/core';
import type { ImageState, ProjectCounts } from '../../api/types.ts';
import { formatNumber } from '../../ui/format.ts';
import { formatFilter, parseFilter } from './filter.ts';
import { stateNames } from './image-state.ts';

export interface StateTabsProps {
  readonly counts: ProjectCounts | undefined;
  readonly filter: string;
  readonly onChange: (filter: string) => void;
}

/** All, new, in progress, done, with how many of the project's images are in each. */
export function StateTabs({ counts, filter, onChange }: StateTabsProps) {
  const { terms } = parseFilter(filter);
  const current = terms.find((term) => term.key === 'state' && !term.negated)?.value ?? '';
  const others = terms.filter((term) => term.key !== 'state');
  const label = (name: string, count: number | undefined) => (
    <span className="tabular">
      {name} {count === undefined ? '' : formatNumber(count)}
    </span>
  );
  return (
    <SegmentedControl
      aria-label="State of the images"
      value={current}
      onChange={(state) =>
        onChange(formatFilter(state === '' ? others : [...others, { key: 'state', value: state, negated: false }]))
      }
      data={[
        { value: '', label: label('All', counts?.images) },
        ...(Object.keys(stateNames) as ImageState[]).map((state) => ({
          value: state,
          label: label(stateNames[state], counts?.[state]),
        })),
      ]}
    />
  );
}

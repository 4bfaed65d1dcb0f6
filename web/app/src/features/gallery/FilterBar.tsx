import { ActionIcon, Input, Pill, PillsInput, Popover, Select, Stack, Tooltip } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconFilterPlus } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { LabelClass } from '../../api/types.ts';
import {
  type FilterKey,
  type FilterTerm,
  formatFilter,
  formatTerm,
  parseFilter,
  toggleTerm,
  valuesOf,
} from './filter.ts';
import styles from './Gallery.module.css';
import { outcomeNames, stateNames, verdictNames } from './image-state.ts';

export interface FilterBarProps {
  /** In the filter language, as it stands in the address. */
  readonly filter: string;
  readonly classes: readonly LabelClass[];
  readonly onChange: (filter: string) => void;
}

/** The filter as chips with a field behind them: what is typed filters at once, Enter makes it a chip. */
export function FilterBar({ filter, classes, onChange }: FilterBarProps) {
  const [typed, setTyped] = useState('');
  const [chips, setChips] = useState<readonly FilterTerm[]>(() => parseFilter(filter).terms);
  const parsed = parseFilter(typed);
  const typedTerms = parsed.terms;

  // What this bar last asked for; another filter came from elsewhere (a link, a state tab) and replaces what stands here.
  const asked = useRef(filter);
  useEffect(() => {
    if (filter === asked.current) return;
    asked.current = filter;
    setChips(parseFilter(filter).terms);
    setTyped('');
  }, [filter]);

  const ask = (terms: readonly FilterTerm[]) => {
    asked.current = formatFilter(terms);
    onChange(asked.current);
  };
  const askSoon = useDebouncedCallback(ask, 300);
  const apply = (terms: readonly FilterTerm[]) => {
    askSoon.cancel();
    setChips(terms);
    setTyped('');
    ask(terms);
  };
  const type = (text: string, before: readonly FilterTerm[]) => {
    setTyped(text);
    const next = parseFilter(text);
    if (next.problem === null) askSoon([...before, ...next.terms]);
  };

  return (
    <Input.Wrapper error={parsed.problem !== null && typed.endsWith(' ') ? parsed.problem.message : null} flex={1}>
      <PillsInput
        size="sm"
        leftSectionPointerEvents="all"
        leftSection={
          <FilterMenu
            classes={classes}
            onChoose={(key, value) => apply(toggleTerm(chips, { key, value, negated: false }))}
          />
        }
      >
        <Pill.Group>
          {chips.map((term, index) => (
            <Pill
              key={formatTerm(term)}
              withRemoveButton
              onRemove={() => apply(chips.toSpliced(index, 1))}
              removeButtonProps={{ 'aria-label': `Remove filter ${formatTerm(term)}` }}
            >
              <button
                type="button"
                className={styles.chip}
                title="Click to turn it round"
                onClick={() => apply(chips.with(index, { ...term, negated: !term.negated }))}
              >
                {chipLabel(term)}
              </button>
            </Pill>
          ))}
          <PillsInput.Field
            aria-label="Filter images"
            placeholder={chips.length === 0 ? 'Filter by name, or class:car state:new -name:night' : ''}
            value={typed}
            onChange={(event) => type(event.currentTarget.value, chips)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && parsed.problem === null) apply([...chips, ...typedTerms]);
              if (event.key === 'Backspace' && typed === '' && chips.length > 0) {
                event.preventDefault();
                const last = chips.at(-1);
                setChips(chips.slice(0, -1));
                type(last === undefined ? '' : formatTerm(last), chips.slice(0, -1));
              }
            }}
          />
        </Pill.Group>
      </PillsInput>
    </Input.Wrapper>
  );
}

interface FilterMenuProps {
  readonly classes: readonly LabelClass[];
  readonly onChoose: (key: FilterKey, value: string) => void;
}

/** For those who would rather choose than type. */
function FilterMenu({ classes, onChoose }: FilterMenuProps) {
  const [opened, setOpened] = useState(false);
  const choose = (key: FilterKey, value: string | undefined) => {
    if (value === undefined) return;
    onChoose(key, value);
    setOpened(false);
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" shadow="md" trapFocus width={280}>
      <Popover.Target>
        <Tooltip label="Filter by class, outcome or verdict">
          <ActionIcon aria-label="Filter by class, outcome or verdict" onClick={() => setOpened(!opened)}>
            <IconFilterPlus size={16} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          <Select
            label="Has an object of class"
            placeholder={classes.length === 0 ? 'The project has no classes yet' : 'Choose a class'}
            disabled={classes.length === 0}
            searchable
            openOnFocus={false}
            limit={100}
            comboboxProps={{ withinPortal: false }}
            data={classes.map((c) => ({ value: c.id, label: c.name }))}
            value={null}
            onChange={(_, option) => choose('class', option?.label)}
          />
          <Select
            label="Outcome"
            placeholder="Choose an outcome"
            comboboxProps={{ withinPortal: false }}
            data={Object.entries(outcomeNames).map(([value, label]) => ({ value, label }))}
            value={null}
            onChange={(value) => choose('outcome', value ?? undefined)}
          />
          <Select
            label="Has an object that was verified"
            placeholder="Choose an answer"
            comboboxProps={{ withinPortal: false }}
            data={Object.entries(verdictNames).map(([value, label]) => ({ value, label }))}
            value={null}
            onChange={(value) => choose('verdict', value ?? undefined)}
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function chipLabel(term: FilterTerm): string {
  const names: Readonly<Record<string, string>> = { ...stateNames, ...outcomeNames, ...verdictNames };
  const isWord = term.key === null || valuesOf(term.key) === null;
  const value = isWord ? term.value : (names[term.value] ?? term.value);
  return `${term.negated ? 'not ' : ''}${term.key === null ? '' : `${term.key}: `}${value}`;
}

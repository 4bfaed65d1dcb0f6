import { Select } from '@mantine/core';
import { grouped } from '../formats/format-words.ts';
import { useFormats } from '../formats/use-formats.ts';

export interface FormatSelectProps {
  /** Null: it is found out from the files. */
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
  readonly label?: string;
}

const findOut = 'auto';

export function FormatSelect({ value, onChange, label = 'Format' }: FormatSelectProps) {
  const data = grouped(useFormats()).map(({ group, formats }) => ({
    group,
    items: formats.map(({ name, title }) => ({ value: name, label: title })),
  }));
  return (
    <Select
      label={label}
      data={[{ value: findOut, label: 'Find out from the files' }, ...data]}
      value={value ?? findOut}
      onChange={(chosen) => onChange(chosen === findOut ? null : chosen)}
      allowDeselect={false}
      searchable
      maxDropdownHeight={320}
    />
  );
}

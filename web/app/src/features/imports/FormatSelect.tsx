import { Select } from '@mantine/core';
import { type ImportFormat, importFormats } from './formats.ts';

export interface FormatSelectProps {
  readonly value: ImportFormat;
  readonly onChange: (value: ImportFormat) => void;
}

export function FormatSelect({ value, onChange }: FormatSelectProps) {
  return (
    <Select
      label="Format"
      data={[...importFormats]}
      value={value}
      onChange={(chosen) => chosen !== null && onChange(chosen)}
    />
  );
}

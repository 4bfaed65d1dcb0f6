import { Select } from '@mantine/core';
import type { Format } from '../../api/types.ts';

export type ChosenOptions = Readonly<Record<string, string>>;

export interface FormatOptionFieldsProps {
  readonly format: Format | undefined;
  readonly chosen: ChosenOptions;
  readonly onChange: (chosen: ChosenOptions) => void;
}

/** The choices that a format leaves to people, each with its default. */
export function FormatOptionFields({ format, chosen, onChange }: FormatOptionFieldsProps) {
  return (format?.options ?? []).map(({ name, values, description }) => (
    <Select
      key={name}
      label={name}
      description={description}
      data={[...values]}
      value={chosen[name] ?? values[0] ?? null}
      onChange={(value) => value !== null && onChange({ ...chosen, [name]: value })}
      allowDeselect={false}
    />
  ));
}

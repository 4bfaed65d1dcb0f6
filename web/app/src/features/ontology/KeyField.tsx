import { TextInput } from '@mantine/core';
import type { LabelClass } from '../../api/types.ts';

export interface KeyFieldProps {
  readonly value: string | null;
  readonly classes: readonly LabelClass[];
  readonly error: string | undefined;
  readonly onChange: (key: string | null) => void;
}

/** Letters that choose a tool or a view in the editor; a class never gets to hear them. */
const editorKeys: ReadonlySet<string> = new Set('bfhijopqvxz');

/** The key that picks the class in the editor: press it here; Backspace takes it away. */
export function KeyField({ value, classes, error, onChange }: KeyFieldProps) {
  const free = [...'1234567890'].filter((key) => !classes.some((c) => c.key === key));
  return (
    <TextInput
      label="Key"
      w={112}
      placeholder={free[0] === undefined ? 'a–z' : `${free[0]} is free`}
      value={value ?? ''}
      error={error}
      description={value !== null && editorKeys.has(value) ? 'A tool has it' : undefined}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      aria-description="Press a digit or a letter; Backspace takes the key away."
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => {
        const pressed = event.currentTarget.value
          .toLowerCase()
          .replace(/[^0-9a-z]/g, '')
          .slice(-1);
        onChange(pressed === '' ? null : pressed);
      }}
    />
  );
}

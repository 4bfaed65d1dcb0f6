import { PasswordInput } from '@mantine/core';
import { minimumPasswordLength, passwordComplaint } from './password.ts';

export interface NewPassword {
  readonly password: string;
  readonly repeated: string;
}
export interface NewPasswordFieldsProps {
  readonly value: NewPassword;
  readonly onChange: (value: NewPassword) => void;
  /** Complaints show only after a first try to send. */
  readonly tried: boolean;
  readonly label?: string;
}

/** A new password, twice; length is what counts. */
export function NewPasswordFields({ value, onChange, tried, label = 'Password' }: NewPasswordFieldsProps) {
  const complaint = tried ? passwordComplaint(value.password, value.repeated) : null;
  const tooShort = value.password.length < minimumPasswordLength;
  return (
    <>
      <PasswordInput
        label={label}
        description={`At least ${minimumPasswordLength} characters; a few random words do well`}
        autoComplete="new-password"
        required
        withAsterisk={false}
        value={value.password}
        error={tooShort ? complaint : null}
        onChange={(event) => onChange({ ...value, password: event.currentTarget.value })}
      />
      <PasswordInput
        label="The same again"
        autoComplete="new-password"
        required
        withAsterisk={false}
        value={value.repeated}
        error={tooShort ? null : complaint}
        onChange={(event) => onChange({ ...value, repeated: event.currentTarget.value })}
      />
    </>
  );
}

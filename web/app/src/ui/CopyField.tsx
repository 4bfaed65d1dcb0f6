import { Button, Group, TextInput } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { copyText } from './copy-text.ts';

export interface CopyFieldProps {
  readonly label: string;
  readonly value: string;
  readonly description?: string;
}

/** A link or a secret to take away: selected on focus, copied by a button. */
export function CopyField({ label, value, description }: CopyFieldProps) {
  const [copied, setCopied] = useState(false);
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      <TextInput
        flex={1}
        label={label}
        description={description}
        value={value}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      />
      <Button
        variant="default"
        w={104}
        leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
        onClick={async () => setCopied(await copyText(value))}
      >
        {copied ? 'Copied' : 'Copy'}
      </Button>
    </Group>
  );
}

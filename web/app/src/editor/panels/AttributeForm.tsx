import { Stack } from '@mantine/core';
import type { Attributes, AttributeValue, EditorRecord } from '@plumbline/editor';
import type { AttributeDefinition } from '../../api/types.ts';
import { askedAttributes, isBlank, sharedValue } from '../attributes.ts';
import { AttributeField } from './AttributeField.tsx';

export interface AttributeFormProps {
  readonly definitions: readonly AttributeDefinition[];
  readonly records: readonly EditorRecord[];
  readonly disabled: boolean;
  readonly onChange: (values: Readonly<Record<string, AttributeValue | undefined>>) => void;
}

/** The attributes that are asked for, with the values all records share. */
export function AttributeForm({ definitions, records, disabled, onChange }: AttributeFormProps) {
  const shared: Attributes = Object.fromEntries(
    definitions.flatMap(({ id }) => {
      const value = sharedValue(records, id);
      return value === undefined ? [] : [[id, value]];
    }),
  );
  return (
    <Stack gap="xs">
      {askedAttributes(definitions, shared).map((definition) => (
        <AttributeField
          key={definition.id}
          definition={definition}
          value={shared[definition.id]}
          mixed={
            shared[definition.id] === undefined &&
            records.some((record) => record.attributes[definition.id] !== undefined)
          }
          disabled={disabled}
          onChange={(value) => onChange({ [definition.id]: isBlank(value) ? undefined : value })}
        />
      ))}
    </Stack>
  );
}

import { Group, Select, Text, TextInput } from '@mantine/core';
import type { AttributeDefinition } from '../../api/types.ts';
import { conditionValues } from './attribute-edits.ts';

type Condition = AttributeDefinition['condition'];

export interface ConditionFieldProps {
  readonly attribute: AttributeDefinition;
  readonly others: readonly AttributeDefinition[];
  readonly error: string | undefined;
  readonly onChange: (condition: Condition) => void;
}

/** "Asked only when ‹attribute› is ‹value›". */
export function ConditionField({ attribute, others, error, onChange }: ConditionFieldProps) {
  const { condition } = attribute;
  const on = others.find((a) => a.id === condition?.attributeId);
  const values = on === undefined ? null : conditionValues(on);
  return (
    <div>
      <Group gap="xs" wrap="nowrap">
        <Text size="xs" c="dimmed" style={{ flexShrink: 0 }}>
          Asked
        </Text>
        <Select
          aria-label={`When ${attribute.name} is asked`}
          size="xs"
          flex={1}
          data={[
            { value: '', label: 'always' },
            ...others.map((a) => ({ value: a.id, label: `only when “${a.name}” is` })),
          ]}
          value={condition?.attributeId ?? ''}
          onChange={(id) => onChange(conditionOn(others, id))}
        />
        {condition !== null && values !== null && (
          <Select
            aria-label="Value"
            size="xs"
            w={140}
            data={[...values]}
            value={condition.equalTo}
            onChange={(equalTo) => equalTo !== null && onChange({ ...condition, equalTo })}
          />
        )}
        {condition !== null && values === null && (
          <TextInput
            aria-label="Value"
            size="xs"
            w={140}
            value={condition.equalTo}
            onChange={(event) => onChange({ ...condition, equalTo: event.currentTarget.value })}
          />
        )}
      </Group>
      {error !== undefined && (
        <Text size="xs" c="var(--pl-bad)" mt={4}>
          {error}
        </Text>
      )}
    </div>
  );
}

function conditionOn(others: readonly AttributeDefinition[], id: string | null): Condition {
  const target = others.find((a) => a.id === id);
  if (target === undefined) return null;
  return { attributeId: target.id, equalTo: conditionValues(target)?.[0]?.value ?? '' };
}

import {
  ActionIcon,
  Checkbox,
  Group,
  NumberInput,
  Paper,
  Select,
  Stack,
  TagsInput,
  TextInput,
  Tooltip,
} from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import type { AttributeDefinition, AttributeKind } from '../../api/types.ts';
import { attributeKinds, withKind } from './attribute-edits.ts';
import { ConditionField } from './ConditionField.tsx';
import type { OntologyProblem } from './problems.ts';

export interface AttributeEditorProps {
  readonly attribute: AttributeDefinition;
  readonly others: readonly AttributeDefinition[];
  readonly problems: readonly OntologyProblem[];
  readonly onChange: (attribute: AttributeDefinition, field: string) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}

export function AttributeEditor(props: AttributeEditorProps) {
  const { attribute: a, onChange } = props;
  const fault = (field: string) => props.problems.find((p) => p.field === field)?.message;
  const set = (patch: Partial<AttributeDefinition>, field: string) => onChange({ ...a, ...patch }, field);
  return (
    <Paper withBorder p="xs">
      <Stack gap="xs">
        <Group gap="xs" align="flex-start" wrap="nowrap">
          <TextInput
            aria-label="Attribute name"
            size="xs"
            flex={1}
            value={a.name}
            error={fault('name')}
            onChange={(event) => set({ name: event.currentTarget.value }, 'name')}
          />
          <Select
            aria-label={`Kind of ${a.name}`}
            size="xs"
            w={150}
            data={Object.entries(attributeKinds).map(([value, label]) => ({ value, label }))}
            value={a.kind}
            onChange={(kind) => kind !== null && onChange(withKind(a, kind as AttributeKind), 'kind')}
          />
          <Group gap={0} wrap="nowrap">
            <Tooltip label="Ask earlier">
              <ActionIcon aria-label={`Move ${a.name} up`} onClick={() => props.onMove(-1)}>
                <IconArrowUp size={14} />
              </ActionIcon>
            </Tooltip>
            <Tooltip label="Ask later">
              <ActionIcon aria-label={`Move ${a.name} down`} onClick={() => props.onMove(1)}>
                <IconArrowDown size={14} />
              </ActionIcon>
            </Tooltip>
            <Tooltip label="Remove">
              <ActionIcon aria-label={`Remove ${a.name}`} onClick={props.onRemove}>
                <IconTrash size={14} />
              </ActionIcon>
            </Tooltip>
          </Group>
        </Group>
        {(a.kind === 'select' || a.kind === 'multiSelect') && (
          <TagsInput
            aria-label={`Options of ${a.name}`}
            size="xs"
            placeholder="Type an option, Enter"
            splitChars={[',', '\n']}
            value={[...a.options]}
            error={fault('options')}
            onChange={(options) => set({ options }, 'options')}
          />
        )}
        {a.kind === 'number' && (
          <Group gap="xs" grow align="flex-start">
            <Limit label="smallest" value={a.minimum} onChange={(minimum) => set({ minimum }, 'minimum')} />
            <Limit
              label="largest"
              value={a.maximum}
              error={fault('maximum')}
              onChange={(maximum) => set({ maximum }, 'maximum')}
            />
          </Group>
        )}
        <Group gap="md">
          <Checkbox
            size="xs"
            label="Required"
            checked={a.required}
            onChange={(event) => set({ required: event.currentTarget.checked }, 'required')}
          />
          <Checkbox
            size="xs"
            label="Same along a track"
            checked={a.immutable}
            onChange={(event) => set({ immutable: event.currentTarget.checked }, 'immutable')}
          />
        </Group>
        {props.others.length > 0 && (
          <ConditionField
            attribute={a}
            others={props.others}
            error={fault('condition')}
            onChange={(condition) => set({ condition }, 'condition')}
          />
        )}
      </Stack>
    </Paper>
  );
}

interface LimitProps {
  readonly label: string;
  readonly value: number | null;
  readonly error?: string | undefined;
  readonly onChange: (value: number | null) => void;
}

function Limit({ label, value, error, onChange }: LimitProps) {
  return (
    <NumberInput
      size="xs"
      aria-label={`The ${label} value`}
      placeholder={`${label} (any)`}
      value={value ?? ''}
      error={error}
      hideControls
      onChange={(next) => onChange(typeof next === 'number' ? next : null)}
    />
  );
}

import { ActionIcon, Group, MultiSelect, Paper, Stack, TagsInput, Text, TextInput, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { PointPair, SkeletonDefinition } from '../../api/types.ts';
import type { OntologyProblem } from './problems.ts';
import { SkeletonPreview } from './SkeletonPreview.tsx';
import { pairsOfAll, parsePairs, withPoints, writePairs } from './skeleton-edits.ts';

export interface SkeletonEditorProps {
  readonly skeleton: SkeletonDefinition;
  readonly usedBy: readonly string[];
  readonly problems: readonly OntologyProblem[];
  readonly onChange: (skeleton: SkeletonDefinition, field: string) => void;
  readonly onRemove: () => void;
}

export function SkeletonEditor({ skeleton: s, usedBy, problems, onChange, onRemove }: SkeletonEditorProps) {
  const fault = (field: string) => problems.find((p) => p.field === field)?.message;
  const pairField = (field: 'edges' | 'mirrored', label: string, joint: string) => (
    <MultiSelect
      label={label}
      size="xs"
      searchable
      clearable
      placeholder="Type a point’s name"
      data={pairsOfAll(s, joint)}
      value={[...writePairs(s[field])]}
      error={fault(field)}
      limit={50}
      onChange={(values) => onChange({ ...s, [field]: parsePairs(values) as readonly PointPair[] }, field)}
    />
  );
  return (
    <Paper withBorder p="sm">
      <Group align="flex-start" wrap="nowrap" gap="md">
        <Stack gap="xs" flex={1}>
          <Group gap="xs" align="flex-end" wrap="nowrap">
            <TextInput
              label="Name"
              size="xs"
              flex={1}
              value={s.name}
              error={fault('name')}
              onChange={(event) => onChange({ ...s, name: event.currentTarget.value }, 'name')}
            />
            <Tooltip label={usedBy.length > 0 ? `Used by ${usedBy.join(', ')}` : 'Remove'}>
              <ActionIcon aria-label={`Remove skeleton ${s.name}`} disabled={usedBy.length > 0} onClick={onRemove}>
                <IconTrash size={14} />
              </ActionIcon>
            </Tooltip>
          </Group>
          <TagsInput
            label="Points, in order"
            size="xs"
            placeholder="Type a name, Enter"
            splitChars={[',', '\n']}
            value={[...s.points]}
            error={fault('points')}
            onChange={(points) => onChange(withPoints(s, points), 'points')}
          />
          {pairField('edges', 'Lines', '–')}
          {pairField('mirrored', 'Mirrored pairs (left and right)', '↔')}
          <Text size="xs" c="dimmed">
            {usedBy.length === 0 ? 'No class uses it yet.' : `Used by ${usedBy.join(', ')}.`}
          </Text>
        </Stack>
        <SkeletonPreview skeleton={s} />
      </Group>
    </Paper>
  );
}

import { ActionIcon, Button, Group, MultiSelect, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { Ontology, PredicateDefinition } from '../../api/types.ts';
import { uniqueId } from './class-tree.ts';
import type { OntologyProblem } from './problems.ts';
import type { EditOntology } from './use-ontology-draft.ts';

export interface PredicatesPanelProps {
  readonly ontology: Ontology;
  readonly edit: EditOntology;
  readonly problems: readonly OntologyProblem[];
}

/** What objects can have to do with each other, and between which classes. */
export function PredicatesPanel({ ontology, edit, problems }: PredicatesPanelProps) {
  const { predicates } = ontology;
  const set = (next: readonly PredicateDefinition[], key: string) =>
    edit((o) => ({ ...o, predicates: next }), `predicates.${key}`);
  const add = () => {
    const id = uniqueId('relation', new Set(predicates.map((p) => p.id)));
    set([...predicates, { id, name: id, from: [], to: [] }], 'add');
  };
  const classes = ontology.classes.map((c) => ({ value: c.id, label: c.name || c.id }));
  return (
    <Stack gap="sm">
      <Group justify="space-between" wrap="nowrap">
        <Text c="dimmed" size="sm">
          A relation joins two objects of an image and reads between them: “rider holds reins”.
        </Text>
        <Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={add}>
          Add relation
        </Button>
      </Group>
      {predicates.map((predicate, index) => {
        const change = (next: Partial<PredicateDefinition>, field: string) =>
          set(predicates.with(index, { ...predicate, ...next }), `${predicate.id}.${field}`);
        return (
          <Group key={predicate.id} align="flex-start" wrap="nowrap" gap="sm">
            <MultiSelect
              flex={1}
              label="From"
              placeholder={predicate.from.length === 0 ? 'Any class' : ''}
              searchable
              data={classes}
              value={[...predicate.from]}
              onChange={(from) => change({ from }, 'from')}
            />
            <TextInput
              flex={1}
              label="Relation"
              maxLength={200}
              value={predicate.name}
              error={problems.find((p) => p.subjectId === predicate.id)?.message}
              onChange={(event) => change({ name: event.currentTarget.value }, 'name')}
            />
            <MultiSelect
              flex={1}
              label="To"
              placeholder={predicate.to.length === 0 ? 'Any class' : ''}
              searchable
              data={classes}
              value={[...predicate.to]}
              onChange={(to) => change({ to }, 'to')}
            />
            <ActionIcon
              mt={27}
              aria-label={`Remove the relation ${predicate.name}`}
              onClick={() => set(predicates.toSpliced(index, 1), 'remove')}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        );
      })}
    </Stack>
  );
}

import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { Ontology, SkeletonDefinition } from '../../api/types.ts';
import { uniqueId } from './class-tree.ts';
import type { OntologyProblem } from './problems.ts';
import { SkeletonEditor } from './SkeletonEditor.tsx';
import type { EditOntology } from './use-ontology-draft.ts';

export interface SkeletonsPanelProps {
  readonly ontology: Ontology;
  readonly edit: EditOntology;
  readonly problems: readonly OntologyProblem[];
}

export function SkeletonsPanel({ ontology, edit, problems }: SkeletonsPanelProps) {
  const { skeletons } = ontology;
  const set = (next: readonly SkeletonDefinition[], key: string) =>
    edit((o) => ({ ...o, skeletons: next }), `skeletons.${key}`);
  const add = () => {
    const id = uniqueId('skeleton', new Set(skeletons.map((s) => s.id)));
    set([...skeletons, { id, name: id, points: ['a', 'b'], edges: [{ from: 0, to: 1 }], mirrored: [] }], 'add');
  };
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text c="dimmed" size="sm">
          A skeleton names the points of a keypoint object and the lines between them. A class refers to it.
        </Text>
        <Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={add}>
          Add skeleton
        </Button>
      </Group>
      {skeletons.map((skeleton, index) => (
        <SkeletonEditor
          key={skeleton.id}
          skeleton={skeleton}
          usedBy={ontology.classes.filter((c) => c.skeletonId === skeleton.id).map((c) => c.name)}
          problems={problems.filter((p) => p.subjectId === skeleton.id)}
          onChange={(next, field) => set(skeletons.with(index, next), `${skeleton.id}.${field}`)}
          onRemove={() => set(skeletons.toSpliced(index, 1), 'remove')}
        />
      ))}
    </Stack>
  );
}

import { Button, Group, Select, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { IconArchive, IconPlus, IconTrash } from '@tabler/icons-react';
import type { RefObject } from 'react';
import type { ClassUsage, LabelClass, Ontology } from '../../api/types.ts';
import { formatCount } from '../../ui/format.ts';
import { AttributeList } from './AttributeList.tsx';
import { ColorField } from './ColorField.tsx';
import { addClasses, type ClassPatch, classPath, updateClass } from './class-tree.ts';
import { ExampleList } from './ExampleList.tsx';
import { KeyField } from './KeyField.tsx';
import type { OntologyProblem } from './problems.ts';
import { ShapesField } from './ShapesField.tsx';
import type { EditOntology } from './use-ontology-draft.ts';

export interface ClassDetailsProps {
  readonly labelClass: LabelClass;
  readonly ontology: Ontology;
  readonly edit: EditOntology;
  readonly usage: ClassUsage | null;
  readonly problems: readonly OntologyProblem[];
  readonly nameField: RefObject<HTMLInputElement | null>;
  readonly onSelect: (id: string) => void;
  readonly onRemove: () => void;
}

/** Everything about one class. */
export function ClassDetails(props: ClassDetailsProps) {
  const { labelClass: c, ontology, edit, usage } = props;
  const patch = (change: ClassPatch, field: string) => edit((o) => updateClass(o, c.id, change), `${c.id}.${field}`);
  const fault = (field: string) => props.problems.find((p) => p.subjectId === c.id && p.field === field)?.message;
  const used = usage?.annotations ?? 0;

  const addBelow = () => {
    const added = addClasses(ontology, ['New class'], c.id);
    edit(() => added);
    const last = added.classes.at(-1);
    if (last !== undefined && added.classes.length > ontology.classes.length) {
      props.onSelect(last.id);
      setTimeout(() => props.nameField.current?.select());
    }
  };

  return (
    <Stack gap="md">
      <Text size="xs" c="dimmed">
        {classPath(ontology.classes, c.id)} · id{' '}
        <Text span ff="monospace" size="xs">
          {c.id}
        </Text>{' '}
        ·{' '}
        {used === 0
          ? 'not used yet'
          : `${formatCount(used, 'annotation')} in ${formatCount(usage?.images ?? 0, 'image')}`}
      </Text>
      <Group align="flex-start" gap="sm" wrap="nowrap">
        <TextInput
          ref={props.nameField}
          label="Name"
          flex={1}
          maxLength={200}
          value={c.name}
          error={fault('name')}
          onChange={(event) => patch({ name: event.currentTarget.value }, 'name')}
        />
        <ColorField
          value={c.color}
          taken={ontology.classes}
          ownId={c.id}
          onChange={(color) => patch({ color }, 'color')}
        />
        <KeyField
          value={c.key}
          classes={ontology.classes}
          error={fault('key')}
          onChange={(key) => patch({ key }, 'key')}
        />
      </Group>
      <Textarea
        label="Description"
        description="What counts as this class, for those who label."
        autosize
        minRows={2}
        maxRows={10}
        value={c.description}
        onChange={(event) => patch({ description: event.currentTarget.value }, 'description')}
      />
      <ExampleList examples={c.examples} onChange={(examples, key) => patch({ examples }, `examples.${key}`)} />
      <ShapesField value={c.shapes} error={fault('shapes')} onChange={(shapes) => patch({ shapes }, 'shapes')} />
      {(ontology.skeletons.length > 0 || c.skeletonId !== null) && (
        <Select
          label="Skeleton"
          description="The named points of its keypoints."
          clearable
          placeholder="None"
          data={ontology.skeletons.map((s) => ({ value: s.id, label: s.name || 'unnamed' }))}
          value={c.skeletonId}
          error={fault('skeletonId')}
          onChange={(skeletonId) => patch({ skeletonId }, 'skeletonId')}
        />
      )}
      <AttributeList
        title="Attributes"
        attributes={c.attributes}
        classId={c.id}
        ontology={ontology}
        problems={props.problems.filter((p) => p.classId === c.id)}
        onChange={(attributes, key) => patch({ attributes }, key)}
      />
      <Switch
        label="Retired"
        description="Stays on what is labelled, is no longer offered for drawing."
        checked={c.retired}
        onChange={(event) => patch({ retired: event.currentTarget.checked }, 'retired')}
      />
      <Group gap="xs">
        <Button variant="default" size="xs" leftSection={<IconPlus size={14} />} onClick={addBelow}>
          Add a class below
        </Button>
        {used > 0 ? (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconArchive size={14} />}
            disabled={c.retired}
            title="Its annotations stay, so it can be retired but not removed."
            onClick={() => patch({ retired: true }, 'retired')}
          >
            Retire
          </Button>
        ) : (
          <Button
            variant="default"
            size="xs"
            c="var(--pl-bad)"
            leftSection={<IconTrash size={14} />}
            onClick={props.onRemove}
          >
            Remove
          </Button>
        )}
      </Group>
    </Stack>
  );
}

import { Button, Group, Stack, Text } from '@mantine/core';
import { textAttributeNames } from '@plumbline/editor';
import { IconLetterT, IconPlus } from '@tabler/icons-react';
import type { AttributeDefinition, Ontology } from '../../api/types.ts';
import { AttributeEditor } from './AttributeEditor.tsx';
import { moveItem, newAttribute, textAttributesFor } from './attribute-edits.ts';
import type { OntologyProblem } from './problems.ts';

export interface AttributeListProps {
  readonly title: string;
  readonly attributes: readonly AttributeDefinition[];
  /** null: attributes of the image. */
  readonly classId: string | null;
  readonly ontology: Ontology;
  readonly problems: readonly OntologyProblem[];
  /** `key` names the field, so that typing is one step of undo. */
  readonly onChange: (attributes: readonly AttributeDefinition[], key: string) => void;
}

/** The attributes of a class or of the image, in the order they are asked. */
export function AttributeList(props: AttributeListProps) {
  const { attributes, onChange } = props;
  const add = () => onChange([...attributes, newAttribute(props.ontology, freeName(attributes))], 'add');
  const isText = attributes.some((a) => a.name.trim().toLowerCase() === textAttributeNames.transcription);
  const forText = props.classId === null || isText ? [] : textAttributesFor(props.ontology, attributes);
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text fw={600} size="sm">
          {props.title}
        </Text>
        <Group gap="xs">
          {forText.length > 0 && (
            <Button
              variant="default"
              size="compact-sm"
              leftSection={<IconLetterT size={14} />}
              title="Transcription, language, reading order, illegible: objects of the class are text"
              onClick={() => onChange([...attributes, ...forText], 'text')}
            >
              Make it text
            </Button>
          )}
          <Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={add}>
            Add attribute
          </Button>
        </Group>
      </Group>
      {attributes.length === 0 && (
        <Text c="dimmed" size="sm">
          {props.classId === null
            ? 'Nothing is asked about the image as a whole.'
            : 'Nothing is asked about objects of this class, such as colour, occluded or readable.'}
        </Text>
      )}
      {attributes.map((attribute, index) => (
        <AttributeEditor
          key={attribute.id}
          attribute={attribute}
          others={attributes.filter((a) => a.id !== attribute.id)}
          problems={props.problems.filter((p) => p.subjectId === attribute.id && p.classId === props.classId)}
          onChange={(next, field) => onChange(attributes.with(index, next), `${attribute.id}.${field}`)}
          onMove={(by) => onChange(moveItem(attributes, index, by), 'move')}
          onRemove={() => onChange(attributes.toSpliced(index, 1), 'remove')}
        />
      ))}
    </Stack>
  );
}

function freeName(attributes: readonly AttributeDefinition[]): string {
  const taken = new Set(attributes.map((a) => a.name.toLowerCase()));
  let name = 'attribute';
  for (let n = 2; taken.has(name); n++) name = `attribute ${n}`;
  return name;
}

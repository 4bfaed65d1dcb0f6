import { Button, Group, Radio, Select, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useMemo, useState } from 'react';
import type { LabelClass, PreviewClass } from '../../api/types.ts';
import type { Fate } from './class-mapping.ts';

export interface ClassFateFormProps {
  readonly source: PreviewClass;
  readonly fate: Fate;
  readonly known: ReadonlyMap<string, LabelClass>;
  readonly onFate: (fate: Fate) => void;
}

const mostOptions = 100;

/** One of the project's classes, a new one, or none. */
export function ClassFateForm({ source, fate, known, onFate }: ClassFateFormProps) {
  const [kind, setKind] = useState(fate.kind);
  const [classId, setClassId] = useState(fate.kind === 'existing' ? fate.classId : source.classId);
  const [name, setName] = useState(fate.kind === 'new' ? fate.name : source.name);
  const options = useMemo(
    () => [...known.values()].filter((c) => !c.retired).map((c) => ({ value: c.id, label: c.name })),
    [known],
  );
  const chosen: Fate | null =
    kind === 'drop'
      ? { kind }
      : kind === 'new'
        ? name.trim() === ''
          ? null
          : { kind, name: name.trim() }
        : classId === null
          ? null
          : { kind, classId };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen !== null) onFate(chosen);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Radio.Group
          value={kind}
          onChange={(value) => setKind(value as Fate['kind'])}
          aria-label={`What ${source.name} becomes`}
        >
          <Stack gap={6}>
            <Radio value="existing" label="A class of the project" disabled={options.length === 0} />
            <Radio value="new" label="A new class" />
            <Radio value="drop" label="Left out, with its objects" />
          </Stack>
        </Radio.Group>
        {kind === 'existing' && (
          <Select
            aria-label="Class of the project"
            placeholder="Which one?"
            data={options}
            value={classId}
            onChange={setClassId}
            searchable
            limit={mostOptions}
            comboboxProps={{ withinPortal: false }}
          />
        )}
        {kind === 'new' && (
          <TextInput
            aria-label="Name of the new class"
            maxLength={200}
            value={name}
            dir="auto"
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
        <Group justify="flex-end">
          <Button size="compact-sm" type="submit" disabled={chosen === null}>
            Use this
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

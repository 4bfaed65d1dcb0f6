import { Chip, Group, Input } from '@mantine/core';
import type { EditorRecord } from '@plumbline/editor';
import type { LabelClass } from '../../api/types.ts';
import { useEditorSession } from '../EditorContext.tsx';

export interface TagPickerProps {
  readonly classes: readonly LabelClass[];
  readonly tags: readonly EditorRecord[];
}

/** Labels of the image as a whole. */
export function TagPicker({ classes, tags }: TagPickerProps) {
  const { editor, readOnlyReason } = useEditorSession();
  const chosen = new Set(tags.map((tag) => tag.classId));
  return (
    <Input.Wrapper label="Image tags" labelElement="div" size="xs">
      <Group gap={4}>
        {classes.map((c) => (
          <Chip
            key={c.id}
            size="xs"
            disabled={readOnlyReason !== null || (c.retired && !chosen.has(c.id))}
            checked={chosen.has(c.id)}
            onChange={() => editor.actions.toggleTag(c.id)}
          >
            {c.name}
          </Chip>
        ))}
      </Group>
    </Input.Wrapper>
  );
}

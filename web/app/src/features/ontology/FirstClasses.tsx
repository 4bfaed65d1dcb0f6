import { Button, Stack, Textarea } from '@mantine/core';
import { IconTags } from '@tabler/icons-react';
import { useState } from 'react';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { formatCount } from '../../ui/format.ts';

/** For a project without classes: paste or type the names, one a line. */
export function FirstClasses({ onAdd }: { readonly onAdd: (names: readonly string[]) => void }) {
  const [text, setText] = useState('');
  const names = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return (
    <EmptyState icon={IconTags} title="Add your first class">
      <Stack gap="sm" align="stretch" w={360} mx="auto">
        <span>
          Classes are what gets labelled: car, person, scratch. Write or paste their names, one a line. Colours and keys
          are chosen for you, and everything can be changed later.
        </span>
        <Textarea
          aria-label="Names of the classes, one a line"
          placeholder={'car\nperson\nstop sign'}
          autosize
          minRows={5}
          maxRows={14}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && names.length > 0) onAdd(names);
          }}
        />
        <Button disabled={names.length === 0} onClick={() => onAdd(names)}>
          {names.length === 0 ? 'Add classes' : `Add ${formatCount(names.length, 'class', 'classes')}`}
        </Button>
      </Stack>
    </EmptyState>
  );
}

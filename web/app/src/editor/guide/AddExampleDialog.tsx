import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ExampleRegion } from '../../api/types.ts';
import { ExamplePicture } from '../../features/ontology/ExamplePicture.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { useEditorSession } from '../EditorContext.tsx';
import { boundsOf } from '../shape-outline.ts';
import { useClassInHand } from './class-in-hand.ts';
import { useAddExample } from './use-add-example.ts';

/** The selected object, or the whole image, becomes an example of its class, with a caption. */
export function AddExampleDialog({ onClose }: { readonly onClose: () => void }) {
  const { image, projectId } = useEditorSession();
  const labelClass = useClassInHand();
  const region = useSelectedRegion();
  const [caption, setCaption] = useState('');
  const add = useAddExample(projectId);
  if (labelClass === undefined) return null;
  const example = { imageId: image.id, region, caption: caption.trim() };
  const save = () => add.mutate({ classId: labelClass.id, example }, { onSuccess: onClose });
  return (
    <Dialog onClose={onClose} title={`An example of “${labelClass.name}”`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Stack gap="sm">
          <ExamplePicture example={example} />
          <Text size="xs" c="dimmed">
            {region === null ? 'The whole image, for nothing is selected.' : 'The selected object.'} Everybody in the
            project sees it with the class.
          </Text>
          <Textarea
            data-autofocus
            label="Caption"
            description="What it shows, or what is often got wrong."
            autosize
            minRows={2}
            maxRows={6}
            maxLength={500}
            value={caption}
            onChange={(event) => setCaption(event.currentTarget.value)}
          />
          <ErrorNote error={add.error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={add.isPending}>
              Add example
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

/** What is selected, as far as it lies in the image; null for all of it. */
function useSelectedRegion(): ExampleRegion | null {
  const { editor, image } = useEditorSession();
  // As it was when the dialog was opened.
  const [region] = useState((): ExampleRegion | null => {
    const [id = '', ...others] = editor.selection.value;
    const shape = others.length > 0 ? undefined : editor.annotations.value.get(id)?.shape;
    const bounds = shape === undefined ? null : boundsOf([shape]);
    if (bounds === null) return null;
    const x = Math.max(0, bounds.left);
    const y = Math.max(0, bounds.top);
    const width = Math.min(image.width, bounds.right) - x;
    const height = Math.min(image.height, bounds.bottom) - y;
    return width > 0 && height > 0 ? { x, y, width, height } : null;
  });
  return region;
}

import { Select, Stack, Switch, Text } from '@mantine/core';
import { allows, type EditorRecord, imageAttributesClass, isTag, type KeypointsShape } from '@plumbline/editor';
import { useMemo } from 'react';
import type { LabelClass } from '../../api/types.ts';
import { useEditorSession } from '../EditorContext.tsx';
import { useObserved } from '../observed.ts';
import { AttributeForm } from './AttributeForm.tsx';
import { GeometryForm } from './GeometryForm.tsx';
import { KeypointsForm } from './KeypointsForm.tsx';
import { TagPicker } from './TagPicker.tsx';

/** The form of what is selected; of the image when nothing is. */
export function AttributesTab() {
  const { editor } = useEditorSession();
  const view = useObserved(editor.annotations);
  const selection = useObserved(editor.selection);
  const records = useMemo(() => selection.flatMap((id) => view.get(id) ?? []), [selection, view]);
  return records.length === 0 ? <OfImage /> : <OfObjects records={records} />;
}

function OfObjects({ records }: { readonly records: readonly EditorRecord[] }) {
  const { editor, ontology, readOnlyReason } = useEditorSession();
  const ids = records.map((record) => record.id);
  const only = records.length === 1 ? records[0] : undefined;
  const classIds = new Set(records.map((record) => record.classId));
  const [classId] = classIds;
  const ofClass = classIds.size === 1 ? ontology.classes.find((c) => c.id === classId) : undefined;
  const fits = (c: LabelClass) => c.id === classId || records.every((record) => allows(c, record.shape.kind));
  return (
    <fieldset disabled={readOnlyReason !== null}>
      <Stack gap="xs">
        <Select
          size="xs"
          label={records.length === 1 ? 'Class' : `Class of ${records.length} objects`}
          placeholder="Different classes"
          searchable
          limit={200}
          disabled={readOnlyReason !== null}
          data={ontology.classes.filter(fits).map((c) => ({ value: c.id, label: c.name }))}
          value={classIds.size === 1 ? (classId ?? null) : null}
          onChange={(next) => next !== null && editor.actions.setClass(ids, next)}
        />
        {ofClass !== undefined && ofClass.description !== '' && (
          <Text size="xs" c="dimmed" style={{ whiteSpace: 'pre-line' }}>
            {ofClass.description}
          </Text>
        )}
        {ofClass !== undefined && ofClass.attributes.length > 0 && (
          <AttributeForm
            key={ids.join()}
            definitions={ofClass.attributes}
            records={records}
            disabled={readOnlyReason !== null}
            onChange={(values) => editor.actions.setAttributes(ids, values)}
          />
        )}
        {ofClass !== undefined && ofClass.attributes.length === 0 && (
          <Text size="xs" c="dimmed">
            “{ofClass.name}” has no attributes.
          </Text>
        )}
        {only !== undefined && <GeometryForm record={only} />}
        {only !== undefined && isKeypoints(only) && <KeypointsForm record={only} />}
        <Switch
          size="xs"
          label="Ignore in measures (crowd, void)"
          checked={records.every((record) => record.ignore)}
          onChange={(event) => editor.actions.setIgnore(ids, event.currentTarget.checked)}
        />
      </Stack>
    </fieldset>
  );
}

function isKeypoints(record: EditorRecord): record is EditorRecord & { readonly shape: KeypointsShape } {
  return record.shape.kind === 'keypoints';
}

function OfImage() {
  const { editor, ontology, readOnlyReason, image } = useEditorSession();
  const view = useObserved(editor.annotations);
  const carrier = useMemo(() => view.list().filter((record) => record.classId === imageAttributesClass), [view]);
  const tags = useMemo(
    () => view.list().filter((record) => isTag(record) && record.classId !== imageAttributesClass),
    [view],
  );
  const taggable = ontology.classes.filter((c) => c.shapes.includes('tag') || tags.some((tag) => tag.classId === c.id));
  return (
    <fieldset disabled={readOnlyReason !== null}>
      <Stack gap="xs">
        {taggable.length > 0 && <TagPicker classes={taggable} tags={tags} />}
        {ontology.imageAttributes.length > 0 && (
          <AttributeForm
            key={image.id}
            definitions={ontology.imageAttributes}
            records={carrier}
            disabled={readOnlyReason !== null}
            onChange={(values) => editor.actions.setImageAttributes(values)}
          />
        )}
        {taggable.length === 0 && ontology.imageAttributes.length === 0 && (
          <Text size="xs" c="dimmed">
            Select an object to see its attributes. Nothing is asked about the image as a whole.
          </Text>
        )}
      </Stack>
    </fieldset>
  );
}

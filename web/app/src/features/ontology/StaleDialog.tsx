import { Button, Group, List, Stack, Text } from '@mantine/core';
import type { Ontology, OntologyVersion } from '../../api/types.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { describeChanges, mergeOntologies } from './changes.ts';

export interface StaleDialogProps {
  readonly base: Ontology;
  readonly mine: Ontology;
  readonly theirs: OntologyVersion;
  readonly onMerge: () => void;
  readonly onReload: () => void;
  readonly onClose: () => void;
}

const SHOWN = 12;

/** Somebody saved in the meantime: what they changed, where it meets one's own changes, and the two ways on. */
export function StaleDialog({ base, mine, theirs, onMerge, onReload, onClose }: StaleDialogProps) {
  const changes = describeChanges(base, theirs.ontology);
  const { clashes } = mergeOntologies(base, mine, theirs.ontology);
  const who = theirs.createdBy?.name ?? 'Somebody';
  return (
    <Dialog onClose={onClose} title="The ontology has changed meanwhile" size="lg">
      <Stack gap="sm">
        <Text size="sm">
          {who} saved version {theirs.version}. Nothing of yours is lost; choose how to go on.
        </Text>
        <List size="sm" spacing={2}>
          {changes.slice(0, SHOWN).map((change) => (
            <List.Item key={`${change.subjectId}${change.text}`}>{change.text}</List.Item>
          ))}
          {changes.length > SHOWN && <List.Item>and {changes.length - SHOWN} more</List.Item>}
        </List>
        {clashes.length > 0 && (
          <>
            <Text size="sm" fw={600}>
              Both of you changed
            </Text>
            <List size="sm" spacing={2}>
              {clashes.slice(0, SHOWN).map((clash) => (
                <List.Item key={`${clash.subjectId}.${clash.field}`}>
                  {clash.field} of “{clash.name}”: yours {inWords(clash.mine)}, theirs {inWords(clash.theirs)}
                </List.Item>
              ))}
            </List>
            <Text size="xs" c="dimmed">
              Merging keeps yours in these fields; you can still change them before saving.
            </Text>
          </>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onReload}>
            Drop mine, take theirs
          </Button>
          <Button data-autofocus onClick={onMerge}>
            Merge mine into theirs
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

function inWords(value: unknown): string {
  if (value === null || value === '') return 'none';
  return typeof value === 'object' ? 'another list' : `“${String(value)}”`;
}

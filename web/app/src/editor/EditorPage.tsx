import { Button } from '@mantine/core';
import { startWorkers } from '@plumbline/editor';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { Link, useLocation, useNavigate, useParams, useSearchParams } from 'react-router';
import { queries, useMe, useProject } from '../api/queries.ts';
import { atLeast } from '../api/roles.ts';
import { CommandPalette } from '../commands/CommandPalette.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import styles from './Editor.module.css';
import { EditorContext, type EditorSession } from './EditorContext.tsx';
import { EditorFrame } from './EditorFrame.tsx';
import { useEditorInstance, useEditorMessages, useOpenImage } from './use-editor-instance.ts';
import { useEditorScheme } from './use-editor-scheme.ts';
import { usePlace } from './use-place.ts';

// While this page is being built and asks the server what to show.
startWorkers();

/** `/projects/:id/images/:imageId?filter=&sort=` */
export function EditorPage() {
  const { id = '', imageId = '' } = useParams();
  const [address] = useSearchParams();
  const { search } = useLocation();
  const navigate = useNavigate();
  const me = useMe();
  const project = useProject(id);
  const ontology = useQuery(queries.ontology(id));
  const place = usePlace(imageId, address.get('filter'), address.get('sort'));
  const scheme = useEditorScheme();
  const editor = useEditorInstance(me);

  const role = project.data?.role;
  const mayEdit = role === undefined ? undefined : atLeast(role, 'annotator');
  useOpenImage(
    editor,
    place.image,
    place.neighbours,
    ontology.data?.ontology,
    mayEdit === undefined ? undefined : !mayEdit,
  );
  useEditorMessages(editor);

  const go = useCallback(
    (next: string) => navigate(`/projects/${id}/images/${next}${search}`, { replace: true }),
    [navigate, id, search],
  );
  const image = place.image;
  const session = useMemo((): EditorSession | null => {
    if (editor === null || image === undefined || ontology.data === undefined) return null;
    const readOnlyReason = mayEdit === true ? null : 'your role is viewer, which looks and does not change';
    return { editor, projectId: id, image, ontology: ontology.data.ontology, readOnlyReason, go };
  }, [editor, image, ontology.data, mayEdit, id, go]);

  const error = place.error ?? project.error ?? ontology.error;
  if (error !== null && session === null) {
    return (
      <main className={styles.failed}>
        <title>Image · Plumbline</title>
        <ErrorState error={error} onRetry={() => Promise.all([place.retry(), project.refetch(), ontology.refetch()])} />
        <Button component={Link} to={`/projects/${id}/images`} variant="default" mx="auto">
          Back to the images
        </Button>
      </main>
    );
  }
  return (
    <>
      <title>{`${image?.name ?? 'Image'} · ${project.data?.name ?? 'Project'} · Plumbline`}</title>
      {session === null ? (
        <div className={styles.frame} aria-busy="true" />
      ) : (
        <EditorContext value={session}>
          <EditorFrame project={project.data} place={place} me={me} scheme={scheme} />
        </EditorContext>
      )}
      <CommandPalette />
    </>
  );
}

import { VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useParams } from 'react-router';
import { api } from '../../api/client.ts';
import { queries, useProject } from '../../api/queries.ts';
import { atLeast } from '../../api/roles.ts';
import type { ClassUsage } from '../../api/types.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { SkeletonRows } from '../../ui/Skeletons.tsx';
import styles from './OntologyEditor.module.css';
import { OntologyEditor } from './OntologyEditor.tsx';

/** `/projects/:id/ontology` */
export function OntologyPage() {
  const { id = '' } = useParams();
  const project = useProject(id);
  const ontology = useQuery(queries.ontology(id));
  const usage = useQuery({
    queryKey: ['project', id, 'ontology-usage'],
    queryFn: () => api.get<{ readonly classes: readonly ClassUsage[] }>(`/projects/${id}/ontology/usage`),
    staleTime: 10_000,
  });
  const usageById = useMemo(() => new Map(usage.data?.classes.map((use) => [use.classId, use])), [usage.data]);

  return (
    <div className={styles.page}>
      <title>{`Ontology · ${project.data?.name ?? 'Project'} · Plumbline`}</title>
      <VisuallyHidden component="h1">Ontology</VisuallyHidden>
      {ontology.error !== null && <ErrorState error={ontology.error} onRetry={() => ontology.refetch()} />}
      {(ontology.isPending || project.isPending) && !ontology.isError && <SkeletonRows rows={10} />}
      {ontology.data !== undefined && !project.isPending && (
        <OntologyEditor
          key={id}
          projectId={id}
          latest={ontology.data}
          usage={usageById}
          readOnly={!atLeast(project.data?.role, 'manager')}
        />
      )}
    </div>
  );
}

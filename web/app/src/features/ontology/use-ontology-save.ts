import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../../api/api-error.ts';
import { api } from '../../api/client.ts';
import { queries } from '../../api/queries.ts';
import type { OntologyVersion, ProblemItem } from '../../api/types.ts';
import { toast } from '../../ui/toast-store.ts';
import type { OntologyDraftHandle } from './use-ontology-draft.ts';

/** Saving a draft, and the two answers that ask the person: changed meanwhile (412), class in use (409). */
export function useOntologySave(projectId: string, draft: OntologyDraftHandle) {
  const client = useQueryClient();
  const [stale, setStale] = useState<OntologyVersion | null>(null);
  const [inUse, setInUse] = useState<readonly ProblemItem[] | null>(null);
  const query = queries.ontology(projectId);

  const latest = async () => setStale(await client.fetchQuery({ ...query, staleTime: 0 }));
  const mutation = useMutation({
    mutationFn: (reason: string) =>
      api.put<OntologyVersion>(
        `/projects/${projectId}/ontology`,
        { ontology: draft.ontology, reason },
        { ifMatch: draft.version.etag },
      ),
    onSuccess: (saved) => {
      draft.follow(saved);
      client.setQueryData(query.queryKey, saved);
      client.invalidateQueries({ queryKey: ['project', projectId, 'ontology-usage'] });
      toast({ tone: 'good', title: `Ontology saved as version ${saved.version}` });
    },
    onError: async (error) => {
      if (!(error instanceof ApiError)) return;
      if (error.status === 412) await latest();
      else if (error.problem === 'class-in-use') setInUse(error.errors);
    },
  });
  const closeDialog = () => {
    setStale(null);
    setInUse(null);
    mutation.reset();
  };

  return {
    save: mutation.mutate,
    saving: mutation.isPending,
    error: stale === null && inUse === null ? mutation.error : null,
    stale,
    inUse,
    showStale: latest,
    closeDialog,
    merge: () => {
      if (stale !== null) draft.merge(stale);
      closeDialog();
    },
    reload: () => {
      if (stale !== null) draft.follow(stale);
      closeDialog();
    },
  };
}

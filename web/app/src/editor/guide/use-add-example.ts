import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiError } from '../../api/api-error.ts';
import { api } from '../../api/client.ts';
import { queries } from '../../api/queries.ts';
import type { ClassExample, OntologyVersion } from '../../api/types.ts';
import { updateClass } from '../../features/ontology/class-tree.ts';
import { toast } from '../../ui/toast-store.ts';

/** How often somebody else may have saved the ontology in between. */
const ATTEMPTS = 3;

/** Adds an example to a class of the newest version of the ontology. */
export function useAddExample(projectId: string) {
  const client = useQueryClient();
  const query = queries.ontology(projectId);
  return useMutation({
    mutationFn: async ({ classId, example }: { readonly classId: string; readonly example: ClassExample }) => {
      for (let attempt = 1; ; attempt++) {
        const { ontology, etag } = await client.fetchQuery({ ...query, staleTime: 0 });
        const found = ontology.classes.find(({ id }) => id === classId);
        if (found === undefined) throw new Error('This class is not in the ontology any more.');
        const changed = updateClass(ontology, classId, { examples: [...found.examples, example] });
        try {
          const body = { ontology: changed, reason: `An example of “${found.name}”` };
          return await api.put<OntologyVersion>(`/projects/${projectId}/ontology`, body, { ifMatch: etag });
        } catch (error) {
          if (!(error instanceof ApiError) || error.status !== 412 || attempt === ATTEMPTS) throw error;
        }
      }
    },
    onSuccess: (saved) => {
      client.setQueryData(query.queryKey, saved);
      toast({ tone: 'good', title: 'Added to the examples of the class' });
    },
  });
}

import type { Severity, Shape } from '@plumbline/editor';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { api } from '../../api/client.ts';
import { events } from '../../api/events.ts';
import type { Finding, SetFindings } from '../../api/types.ts';
import { useEditorSession } from '../EditorContext.tsx';
import { useObserved } from '../observed.ts';

/** Several saves in a row are asked about once. */
const patience = 300;

const keyOf = (setId: string) => ['findings', setId] as const;

/** What the checks found in the open image, as far as it is still there. */
export function useFindings(): { readonly findings: readonly Finding[]; readonly checked: boolean } {
  const { editor, image } = useEditorSession();
  const { data } = useQuery({
    queryKey: keyOf(image.setId),
    queryFn: ({ signal }) => api.get<SetFindings>(`/annotation-sets/${image.setId}/findings`, { signal }),
    staleTime: 10_000,
  });
  const view = useObserved(editor.annotations);
  return useMemo(() => {
    const isThere = ({ annotationId: id }: Finding) => id == null || view.get(id) !== undefined;
    return { findings: data?.findings.filter(isThere) ?? [], checked: data?.checked ?? true };
  }, [data, view]);
}

/** Asks again after every save, whoever saved, and marks the objects on the picture. Once a page. */
export function useFindingsUpkeep(): void {
  const { editor, image, ontology } = useEditorSession();
  const client = useQueryClient();
  const { findings } = useFindings();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = () => {
      clearTimeout(timer);
      timer = setTimeout(() => client.invalidateQueries({ queryKey: keyOf(image.setId) }), patience);
    };
    const stop = events.on('set', (event) => event.setId === image.setId && ask());
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [client, image.setId]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another ontology has other findings
  useEffect(() => {
    void client.invalidateQueries({ queryKey: keyOf(image.setId) });
  }, [client, ontology]);
  useEffect(() => {
    const severities = new Map<string, Severity>();
    for (const { annotationId, severity } of findings) {
      if (annotationId != null && severities.get(annotationId) !== 'error') severities.set(annotationId, severity);
    }
    editor.setFindings(severities);
  }, [editor, findings]);
}

/** The shape that a finding offers: undefined = it offers nothing, null = to delete the object. */
export function fixOf({ fix }: Finding): Shape | null | undefined {
  return fix == null ? undefined : ((fix.shape ?? null) as Shape | null);
}

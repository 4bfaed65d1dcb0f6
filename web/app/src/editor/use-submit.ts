import { imageAttributesClass, isTag, type Outcome } from '@plumbline/editor';
import { useCallback } from 'react';
import type { ImageSummary } from '../api/types.ts';
import { formatCount } from '../ui/format.ts';
import { toast } from '../ui/toast-store.ts';
import { missingBeforeSubmit } from './attributes.ts';
import { useEditorSession } from './EditorContext.tsx';

/**
 * Ending the work on an image: sets its outcome and goes on to `next`; `onMissing` shows what has to be filled in first.
 * With the merge key of the edit just before, both are one step of undo.
 */
export function useSubmit(next: ImageSummary | undefined, onMissing: () => void) {
  const { editor, ontology, go, readOnlyReason } = useEditorSession();
  return useCallback(
    (outcome: Outcome, reason: string | null = null, mergeKey: string | null = null) => {
      if (readOnlyReason !== null) return;
      const records = editor.annotations.value.list();
      const objects = records.filter((record) => !isTag(record));
      const elsewhere = editor.part.value?.total ?? 0;
      if (outcome === 'verifiedEmpty' && objects.length + elsewhere > 0) {
        const count = formatCount(Math.max(objects.length, elsewhere), 'object');
        toast({ tone: 'bad', title: `There is ${count} here`, message: 'Delete what is drawn, or submit it.' });
        return;
      }
      if (outcome === 'labelled') {
        const ofImage = records.find((record) => record.classId === imageAttributesClass);
        const missing = missingBeforeSubmit(objects, ofImage?.attributes ?? {}, ontology);
        const [first] = missing;
        if (first !== undefined) {
          const ids = first.recordId === null ? [] : [first.recordId];
          editor.select(ids);
          if (ids.length > 0) editor.zoomTo(ids);
          onMissing();
          const what = first.recordId === null ? 'The image' : 'An object';
          const more = missing.length > 1 ? ` (and ${missing.length - 1} more)` : '';
          toast({
            tone: 'bad',
            title: `${what} lacks ${first.names.join(', ')}${more}`,
            message: 'Then submit again.',
          });
          return;
        }
      }
      const tagged = records.some((record) => isTag(record) && record.classId !== imageAttributesClass);
      const nothing = outcome === 'labelled' && objects.length + elsewhere === 0 && !tagged;
      if (nothing) toast({ tone: 'info', title: 'Nothing is drawn here, so it counts as verified empty' });
      editor.actions.setOutcome({ outcome: nothing ? 'verifiedEmpty' : outcome, reason }, mergeKey);
      if (outcome !== 'unlabelled' && next !== undefined) go(next.id);
    },
    [editor, ontology, go, next, readOnlyReason, onMissing],
  );
}

export type Submit = ReturnType<typeof useSubmit>;

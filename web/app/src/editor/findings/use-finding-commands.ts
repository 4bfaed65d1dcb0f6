import { useEffect, useRef } from 'react';
import { toast } from '../../ui/toast-store.ts';
import { useEditorSession } from '../EditorContext.tsx';
import { fixOf, useFindings } from './use-findings.ts';

/** From finding to finding, and the safe repair of the one in hand. */
export function useFindingCommands(showFindings: () => void): void {
  const { editor } = useEditorSession();
  const { findings } = useFindings();
  const latest = useRef(findings);
  latest.current = findings;
  useEffect(() => {
    const selected = () => editor.selection.value[0];
    const fixable = () => latest.current.find((f) => f.annotationId === selected() && fixOf(f) !== undefined);
    return editor.commands.register(
      {
        id: 'finding.next',
        title: 'Next finding',
        group: 'Objects',
        keys: ['N'],
        enabled: () => true,
        run: () => {
          const ids = [...new Set(latest.current.flatMap(({ annotationId }) => annotationId ?? []))];
          const id = ids[(ids.indexOf(selected() ?? '') + 1) % ids.length];
          showFindings();
          if (id === undefined) {
            if (latest.current.length === 0) toast({ tone: 'info', title: 'The checks find nothing here' });
            return;
          }
          editor.select([id]);
          editor.zoomTo([id]);
        },
      },
      {
        id: 'finding.fix',
        title: 'Mend what the check found',
        group: 'Objects',
        keys: ['Alt+N'],
        enabled: () => !editor.busy.value && fixable() !== undefined,
        run: () => {
          const finding = fixable();
          const fix = finding === undefined ? undefined : fixOf(finding);
          if (finding?.annotationId != null && fix !== undefined) editor.shapes.fix(finding.annotationId, fix);
        },
      },
    );
  }, [editor, showFindings]);
}

import { useEditorSession } from '../EditorContext.tsx';
import { useObserved } from '../observed.ts';

/** The class of what is selected, otherwise the one that is drawn with; undefined where there is none. */
export function useClassInHand() {
  const { editor, ontology } = useEditorSession();
  const [selected = ''] = useObserved(editor.selection);
  const ofObject = useObserved(editor.annotations).get(selected)?.classId;
  const current = useObserved(editor.currentClass);
  return ontology.classes.find(({ id }) => id === ofObject) ?? ontology.classes.find(({ id }) => id === current);
}

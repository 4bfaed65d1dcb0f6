import { allTools } from '@plumbline/editor';
import { useEditorSession } from '../EditorContext.tsx';
import { useObserved } from '../observed.ts';
import styles from './Canvas.module.css';
import { ToolOptions } from './ToolOptions.tsx';

/** With a drawing tool in hand: which class is drawn, how, and what can be set. */
export function ToolHint() {
  const { editor, ontology } = useEditorSession();
  const tool = useObserved(editor.tool);
  const classId = useObserved(editor.currentClass);
  const definition = allTools.find(({ id }) => id === tool);
  if (definition === undefined || definition.hint === null) return null;
  const { hint, draws } = definition;
  const options = 'options' in definition ? definition.options : [];
  const current = ontology.classes.find((c) => c.id === classId);
  return (
    <>
      <div className={styles.hint} role="status">
        {draws === null ? (
          <span>{hint}</span>
        ) : current === undefined ? (
          <span>
            {ontology.classes.length === 0
              ? 'Add a class to the ontology first'
              : 'Choose a class: its key, or / and its name'}
          </span>
        ) : (
          <>
            <span className={styles.swatch} style={{ background: current.color }} aria-hidden />
            <b>{current.name}</b>
            <span>{hint}</span>
          </>
        )}
      </div>
      {options.length > 0 && <ToolOptions options={options} />}
    </>
  );
}

import { type ReactNode, useEffect, useRef } from 'react';
import { useEditorSession } from '../EditorContext.tsx';
import styles from './Canvas.module.css';
import { CanvasState } from './CanvasState.tsx';
import { ConflictCard } from './ConflictCard.tsx';
import { MaskOptions } from './MaskOptions.tsx';
import { Minimap } from './Minimap.tsx';
import { ObjectBar } from './ObjectBar.tsx';
import { RefusalCard } from './RefusalCard.tsx';
import { RequiredCard } from './RequiredCard.tsx';
import { SimplifyCard } from './SimplifyCard.tsx';
import { TextCard } from './TextCard.tsx';
import { TilesState } from './TilesState.tsx';
import { ToolHint } from './ToolHint.tsx';

/** The picture and what floats over it. The editor draws the picture by itself. */
export function Canvas({ children }: { readonly children: ReactNode }) {
  const { editor } = useEditorSession();
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (host.current !== null) return editor.mount(host.current);
  }, [editor]);
  return (
    <main className={styles.canvas}>
      <div ref={host} className={styles.host} />
      <ObjectBar />
      <TextCard />
      <RequiredCard />
      <div className={styles.corner}>
        <TilesState />
        <ToolHint />
        <MaskOptions />
      </div>
      <div className={styles.cards}>
        <ConflictCard />
        <RefusalCard />
      </div>
      {children}
      <Minimap />
      <SimplifyCard />
      <CanvasState />
    </main>
  );
}

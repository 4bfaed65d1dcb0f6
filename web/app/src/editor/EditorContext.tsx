import type { Editor } from '@plumbline/editor';
import { createContext, useContext } from 'react';
import type { ImageSummary, Ontology } from '../api/types.ts';

/** What every part of the editor page may need. Changes only with the image, the ontology or the right to edit. */
export interface EditorSession {
  readonly editor: Editor;
  readonly projectId: string;
  readonly image: ImageSummary;
  readonly ontology: Ontology;
  /** Why nothing can be changed; null when it can. */
  readonly readOnlyReason: string | null;
  readonly go: (imageId: string) => void;
}

export const EditorContext = createContext<EditorSession | null>(null);

export function useEditorSession(): EditorSession {
  const session = useContext(EditorContext);
  if (session === null) throw new Error('Only inside the editor page');
  return session;
}

export const useEditor = (): Editor => useEditorSession().editor;

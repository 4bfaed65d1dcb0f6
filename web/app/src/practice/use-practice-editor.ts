import { createEditor, type Editor, type OpenImage } from '@plumbline/editor';
import { useEffect, useState } from 'react';
import type { ImageSummary } from '../api/types.ts';
import { loadKeyMap } from '../editor/key-map.ts';
import { type Exercise, exercises } from './exercises.ts';
import { drawPicture, pictureSize } from './figures.ts';
import { practiceOntology } from './practice-ontology.ts';
import { PracticePort } from './practice-port.ts';

/** An editor whose work goes nowhere. */
export function usePracticeEditor(): Editor | null {
  const [editor, setEditor] = useState<Editor | null>(null);
  useEffect(() => {
    const startOf = (setId: string) => exercises.find(({ id }) => setId.startsWith(`${id} `))?.start ?? [];
    const created = createEditor({
      port: new PracticePort(startOf),
      server: 'practice',
      user: { id: 'practice', name: 'You' },
      journal: 'page',
    });
    loadKeyMap(created);
    setEditor(created);
    return () => created.dispose();
  }, []);
  return editor;
}

/** Opens an exercise; each attempt begins anew. */
export function useOpenExercise(editor: Editor | null, exercise: Exercise, attempt: number): void {
  useEffect(() => {
    if (editor === null) return;
    let left = false;
    const open = async () => {
      const picture = await drawPicture(exercise.figures);
      if (left) return;
      const setId = setOf(exercise, attempt);
      const image: OpenImage = {
        ...{ imageId: setId, setId, picture, size: pictureSize },
        ...{ ontology: practiceOntology, readOnly: false },
      };
      editor.setTool(exercise.tool);
      await editor.openImage(image);
      const [target] = exercise.targets;
      if (!left && target !== undefined) editor.setCurrentClass(target.classId);
    };
    void open();
    return () => {
      left = true;
    };
  }, [editor, exercise, attempt]);
}

export const setOf = (exercise: Exercise, attempt: number) => `${exercise.id} ${attempt}`;

/** What the parts of the editor want to know of an image. */
export function summaryOf(exercise: Exercise, attempt: number): ImageSummary {
  const id = setOf(exercise, attempt);
  return {
    ...{ id, setId: id, name: exercise.title, path: exercise.title, ...pictureSize },
    ...{ state: 'new', outcome: 'unlabelled', annotationCount: exercise.start.length },
    ...{ thumbnailUrl: '', pixelsUrl: '', tiles: null, addedAt: '', updatedAt: '' },
  };
}

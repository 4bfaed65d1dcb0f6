import type { Editor } from '@plumbline/editor';

/** Leaves for an image and does something once it can be worked on; another image in between ends the wait. */
export function whenReady(editor: Editor, imageId: string, leave: () => void, then: () => void): void {
  const stop = editor.image.subscribe(() => {
    const state = editor.image.value;
    if (state.status === 'none' || (state.status === 'loading' && state.source.imageId === imageId)) return;
    stop();
    if (state.status === 'ready' && state.source.imageId === imageId) then();
  });
  leave();
}

/** Whether this image is seen and can be changed, and nothing is in hand. */
export function isWorkable(editor: Editor, imageId: string): boolean {
  const state = editor.image.value;
  return state.status === 'ready' && state.source.imageId === imageId && !state.readOnly && !editor.busy.value;
}

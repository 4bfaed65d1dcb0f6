import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

export const editorModes = ['draw', 'classify', 'verify'] as const;
/** What the keys are for: drawing, tags of the image, or judging what is there. */
export type EditorMode = (typeof editorModes)[number];

/** The mode in the address, where it stays from image to image; the same one again goes back to drawing. */
export function useMode(): readonly [EditorMode, (mode: EditorMode) => void] {
  const [address, setAddress] = useSearchParams();
  const mode = editorModes.find((known) => known === address.get('mode')) ?? 'draw';
  const change = useCallback(
    (wanted: EditorMode) =>
      setAddress(
        (now) => {
          const next = new URLSearchParams(now);
          if (wanted === 'draw' || wanted === now.get('mode')) next.delete('mode');
          else next.set('mode', wanted);
          return next;
        },
        { replace: true },
      ),
    [setAddress],
  );
  return [mode, change];
}

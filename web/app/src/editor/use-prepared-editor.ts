import { useEffect } from 'react';

/** After what the page itself has to fetch. */
const delay = 1000;

/** Loads the editor and starts its workers ahead, so that the first image opens as fast as the next one. */
export function usePreparedEditor(): void {
  useEffect(() => {
    const timer = setTimeout(async () => {
      const [{ startWorkers }] = await Promise.all([import('@plumbline/editor'), import('./EditorPage.tsx')]);
      startWorkers();
    }, delay);
    return () => clearTimeout(timer);
  }, []);
}

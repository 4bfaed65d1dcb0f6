import { useEffect, useState } from 'react';
import { filesOfDrop } from './picked-files.ts';
import { uploads } from './upload-store.ts';

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;

/** The whole window takes files for this project while mounted. True while some hover over it. */
export function useFileDrop(projectId: string, enabled: boolean): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    if (!enabled) return;
    // Moving between elements leaves one after entering the next: the pointer is out when as many were left as entered.
    let depth = 0;
    const enter = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth++;
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (carriesFiles(event) && --depth <= 0) setOver(false);
    };
    const hover = (event: DragEvent) => {
      if (carriesFiles(event)) event.preventDefault();
    };
    const drop = async (event: DragEvent) => {
      if (event.dataTransfer === null || !carriesFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      uploads.start({ projectId, files: await filesOfDrop(event.dataTransfer), intent: 'images', format: null });
    };
    const listeners = { dragenter: enter, dragleave: leave, dragover: hover, drop } as const;
    for (const [name, listener] of Object.entries(listeners)) addEventListener(name, listener as EventListener);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) removeEventListener(name, listener as EventListener);
      setOver(false);
    };
  }, [projectId, enabled]);
  return over;
}

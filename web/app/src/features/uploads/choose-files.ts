import { filesOfInput, type PickedFile } from './picked-files.ts';

/** Opens the browser's own chooser; nothing when the person changes their mind. Call it from a click or a key. */
export function chooseFiles({ folder = false, accept = '' } = {}): Promise<readonly PickedFile[]> {
  return new Promise((done) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.webkitdirectory = folder;
    if (!folder) input.accept = accept;
    input.addEventListener('change', () => done(filesOfInput(input.files ?? [])));
    input.addEventListener('cancel', () => done([]));
    input.click();
  });
}

/** What the server can read, and archives of it. */
export const pictureTypes = '.jpg,.jpeg,.png,.webp,.tif,.tiff,.gif,.bmp,.zip';

export async function chooseAndUpload(projectId: string, folder: boolean): Promise<void> {
  const files = await chooseFiles({ folder, accept: pictureTypes });
  const { uploads } = await import('./upload-store.ts');
  uploads.start({ projectId, files, intent: 'images', format: null });
}

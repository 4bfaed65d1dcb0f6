/** A file somebody chose, with its path below what they chose: `trip/day 1/img_0001.jpg`. */
export interface PickedFile {
  readonly path: string;
  readonly file: File;
}

/** What operating systems leave in folders; nobody means to upload it. */
const litter = /(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini|\.thumbnails|__MACOSX)(\/|$)/i;

/** From an `<input type=file>`; a folder input gives paths, a plain one names only. */
export function filesOfInput(files: Iterable<File>): readonly PickedFile[] {
  return tidy(Array.from(files, (file) => ({ path: file.webkitRelativePath || file.name, file })));
}

/** From a drop: walks dropped folders to their leaves. Call it in the event itself, the browser empties the list after. */
export async function filesOfDrop(transfer: DataTransfer): Promise<readonly PickedFile[]> {
  const entries = Array.from(transfer.items, (item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (entries.length === 0) return filesOfInput(transfer.files);
  const found: PickedFile[] = [];
  for (const entry of entries) await walk(entry, '', found);
  return tidy(found);
}

async function walk(entry: FileSystemEntry, folder: string, found: PickedFile[]): Promise<void> {
  const path = `${folder}${entry.name}`;
  if (entry.isFile) {
    const file = await new Promise<File>((done, fail) => (entry as FileSystemFileEntry).file(done, fail));
    found.push({ path, file });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // A reader gives at most a hundred entries at a time, and nothing when it has given all.
    const some = await new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail));
    if (some.length === 0) return;
    for (const child of some) await walk(child, `${path}/`, found);
  }
}

/** Without litter, in one order whatever way the files came: the bytes of an upload are their concatenation. */
function tidy(files: readonly PickedFile[]): readonly PickedFile[] {
  return files
    .filter(({ path }) => !litter.test(path))
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

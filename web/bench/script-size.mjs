// What the editor page loads of script from the built pages, workers included, as the server sends it.
// node bench/script-size.mjs
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const dist = fileURLToPath(new URL('../app/dist/', import.meta.url));

/** Started when it is first needed, not with the page. */
const later = /hash-worker/;

/** Compressed script of the editor page in bytes, at most. */
export const scriptBound = 450_000;

/** Whether the pages are built. */
export function isBuilt() {
  return existsSync(`${dist}index.html`);
}

/** The scripts of the page at the route of `EditorPage`: the entry, what it and the page import, and the workers they start. */
export function editorScripts() {
  const index = readFileSync(`${dist}index.html`, 'utf8');
  const ahead = [...index.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, path]) => path);
  const page = readdirSync(`${dist}assets`).find((name) => /^EditorPage-.+\.js$/.test(name));
  const found = new Map();
  const take = (path) => {
    if (found.has(path) || later.test(path)) return;
    const script = readFileSync(dist + path);
    found.set(path, script);
    const text = script.toString();
    for (const [, name] of text.matchAll(/(?:from|import)\s*["'`]\.\/([^"'`]+\.js)["'`]/g)) take(`assets/${name}`);
    for (const [, name] of text.matchAll(/Worker\(new URL\(["'`]\/([^"'`]+\.js)["'`]/g)) take(name);
  };
  for (const path of [...ahead, `assets/${page}`]) take(path);
  return found;
}

/** Bytes of all of them: plain, and compressed as the server does. */
export function sizes() {
  const scripts = [...editorScripts().values()];
  const sum = (sizeOf) => scripts.reduce((total, script) => total + sizeOf(script), 0);
  const optimal = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };
  return {
    plain: sum(({ length }) => length),
    gzip: sum((script) => gzipSync(script, { level: 6 }).length),
    brotli: sum((script) => brotliCompressSync(script, optimal).length),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const kB = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;
  const { plain, gzip, brotli } = sizes();
  process.stdout.write(
    `\nscript of the editor page: ${kB(brotli)} by Brotli, ${kB(gzip)} by gzip, as served (bound ${kB(scriptBound)}); ` +
      `${editorScripts().size} files, ${kB(plain)} plain\n`,
  );
}

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: at('.'),
  resolve: { alias: { '@plumbline/editor': at('../editor/src/index.ts') } },
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    outDir: 'dist',
    rolldownOptions: {
      input: ['plumbline', 'svg', 'konva', 'annotorious', 'assist', 'painting'].map((name) => at(`./${name}.html`)),
    },
  },
});

import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  resolve: {
    alias: { '@plumbline/editor': fileURLToPath(new URL('../editor/src/index.ts', import.meta.url)) },
  },
  worker: { format: 'es' },
  // No data: addresses: the server's Content-Security-Policy takes fonts from itself only.
  build: { target: 'es2023', outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0 },
  server: { proxy: { '/api': 'http://localhost:5080', '/health': 'http://localhost:5080' } },
});

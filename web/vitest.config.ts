import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    alias: { '@plumbline/editor': fileURLToPath(new URL('./editor/src/index.ts', import.meta.url)) },
  },
  test: { setupFiles: ['./test-setup.ts'], include: ['{app,editor}/test/**/*.test.{ts,tsx}'] },
});

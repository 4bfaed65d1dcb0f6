import { defineConfig } from 'vitest/config';

/** The long session against a real server, which `LongSessionTests` of the server's tests starts. */
export default defineConfig({ test: { include: ['editor/session/*.session.ts'], testTimeout: 1_800_000 } });

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig(({ mode }) => ({
  plugins: [react()],
  // The mock worker is served only when the console runs without a backend (`npm run dev:mock`).
  publicDir: 'public',
  build: { outDir: 'dist/console', target: 'es2022', sourcemap: false, assetsInlineLimit: 0 },
  worker: { format: 'es' },
  server: { host: '127.0.0.1', port: 5173, proxy: mode === 'mock' ? undefined : { '/api': { target: 'http://127.0.0.1:4300', ws: true } } },
  test: {
    projects: [
      { extends: true, test: { name: 'node', environment: 'node', include: ['src/**/*.test.ts'], exclude: ['src/console/**'], testTimeout: 30_000 } },
      { extends: true, test: { name: 'console', environment: 'jsdom', include: ['src/console/**/*.test.{ts,tsx}'], testTimeout: 20_000, setupFiles: ['src/console/testing/setup.ts'] } },
    ],
  },
}));

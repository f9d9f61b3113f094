import { rmSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** MSW's worker serves `npm run dev:mock` only; it has no place in what users get. */
const withoutMockWorker = { name: 'without-mock-worker', apply: 'build' as const, closeBundle: () => { rmSync('dist/console/mockServiceWorker.js', { force: true }); } };

/** Monaco 0.57: the file that starts workers of languages also pulls in every feature of the editor. It loads with the first script, when the
 *  editor's services are chosen already, and each editor after that fails to start features whose services came too late. */
const monacoFeaturesAsChosen = { name: 'monaco-features-as-chosen', transform: (code: string, id: string) => ((id.split('?')[0] ?? '').endsWith('monaco-editor/esm/vs/internal/common/workers.js') ? code.replaceAll(/^import '[^']+';$/gm, '') : null) };

const pureTests = ['base', 'model', 'otlp', 'kql', 'redaction', 'profiles', 'heap', 'engine', 'rules', 'testing'].map((layer) => `src/${layer}/**/*.test.ts`);
/** The language service's own runtime is changed and changed back in this one: a process of its own. */
const changingTheirs = ['src/kql/kusto/quicken.test.ts'];

export default defineConfig(({ mode }) => ({
  plugins: [react(), withoutMockWorker, monacoFeaturesAsChosen],
  publicDir: 'public',
  build: { outDir: 'dist/console', target: 'es2022', sourcemap: false, assetsInlineLimit: 0 },
  worker: { format: 'es' },
  // Lazily loaded parts are found at start, or the dev server would reload the page when the first of them opens.
  optimizeDeps: { entries: ['index.html', 'src/console/**/*.{ts,tsx}', '!**/*.test.{ts,tsx}'], rolldownOptions: { plugins: [monacoFeaturesAsChosen] } },
  server: { host: '127.0.0.1', port: 5173, proxy: mode === 'mock' ? undefined : { '/api': { target: 'http://127.0.0.1:4300', ws: true } } },
  test: {
    // All cores: the default leaves one out, which on two is half of them.
    maxWorkers: '100%',
    // A busy machine may take long over what is soon done on a quiet one; a test says what comes, never when.
    expect: { poll: { timeout: 20_000 } },
    testTimeout: 60_000,
    projects: [
      // Pure layers keep no state in modules: their files share a process, and are loaded once.
      { extends: true, test: { name: 'pure', environment: 'node', isolate: false, restoreMocks: true, include: pureTests, exclude: changingTheirs } },
      { extends: true, test: { name: 'node', environment: 'node', include: ['src/{agent,cli,demo,register,server,tooling}/**/*.test.ts', ...changingTheirs] } },
      { extends: true, test: { name: 'console', environment: 'jsdom', include: ['src/console/**/*.test.{ts,tsx}'], setupFiles: ['src/console/testing/setup.ts'] } },
    ],
  },
}));

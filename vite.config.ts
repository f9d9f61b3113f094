import { rmSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { keepCompiledCode } from './src/tooling/compile-cache.mjs';

if (process.env['VITEST']) keepCompiledCode();

/** MSW's worker serves `npm run dev:mock` only; it has no place in what users get. */
const withoutMockWorker = { name: 'without-mock-worker', apply: 'build' as const, closeBundle: () => { rmSync('dist/console/mockServiceWorker.js', { force: true }); } };

/** Monaco 0.57: the file that starts workers of languages also pulls in every feature of the editor. It loads with the first script, when the
 *  editor's services are chosen already, and each editor after that fails to start features whose services came too late. */
const monacoFeaturesAsChosen = { name: 'monaco-features-as-chosen', transform: (code: string, id: string) => ((id.split('?')[0] ?? '').endsWith('monaco-editor/esm/vs/internal/common/workers.js') ? code.replaceAll(/^import '[^']+';$/gm, '') : null) };

/** The folders whose public face is one file that names them all. A bundler takes all that such a file names for wanted wherever it is read, and the first
 *  page then loads what only later views use; unless it knows that to name a module does nothing. Ours do nothing but what is used of them, save for
 *  those with a statement of their own: that bring a style sheet, or tell a library what it may draw. */
const faces = /\/src\/((console\/(api|state|ui)|model|base|cost|kql|mining|otlp)\/.*|console\/(editor|renames)\/[^/]+)\.tsx?$/;
/** A line at the margin that neither declares something nor goes on with what does. */
const doesSomething = /^(?!(?:import(?!\s*['"])|export|const|let|var|function|async|class|type|interface|enum)\b|[\s}\])`'"*/,;.?:&|=]|$)/m;
const namingDoesNothing = { name: 'naming-does-nothing', apply: 'build' as const, transform: (code: string, id: string) => (faces.test(id) && !doesSomething.test(code) ? { code, map: null, moduleSideEffects: false } : null) };

const pureTests = ['base', 'model', 'otlp', 'kql', 'redaction', 'profiles', 'heap', 'mining', 'catalogue', 'cost', 'engine', 'rules', 'testing'].map((layer) => `src/${layer}/**/*.test.ts`);
const sharing = ['src/server/**/*.test.ts', 'src/agent/{artifacts,canary,diagnostics,export,in-process,nets,pipeline,receive,recorders,redaction,residual,rip-cord}/**/*.test.ts'];
/** The language service's own runtime is changed and changed back in this one: a process of its own. */
const changingTheirs = ['src/kql/kusto/quicken.test.ts'];

/** Tests of the console in plain TypeScript that need a page, or change what a process has but once: its stores, its globals. */
const withPage = [
  'api/client', 'api/mocks', 'features/profiles/profiles-model', 'features/rules/rule-tail-stay', 'features/rules/draft/unsaved', 'features/rules/commands/undo-ends',
  'flame/export/png', 'flame/export/svg', 'state/state', 'workers/heap/heap', 'workers/kql/client', 'workers/profile/profile', 'workers/rules/client', 'workers/tail/serve',
].map((path) => `src/console/${path}.test.ts`);

export default defineConfig(({ mode }) => ({
  plugins: [react(), withoutMockWorker, monacoFeaturesAsChosen, namingDoesNothing],
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
    hookTimeout: 60_000,
    projects: [
      // Pure layers keep no state in modules: their files share a process, and are loaded once.
      { extends: true, test: { name: 'pure', environment: 'node', isolate: false, restoreMocks: true, include: pureTests, exclude: changingTheirs } },
      // A server, and these parts of an agent, keep their state in themselves, and each test starts its own: as with the pure layers.
      { extends: true, test: { name: 'shared', environment: 'node', isolate: false, restoreMocks: true, include: sharing } },
      // Real processes, debuggers and kernels: one that passes at the second try is named in the last lines, as those of the browser are.
      { extends: true, test: { name: 'node', environment: 'node', retry: 1, include: ['src/{agent,cli,demo,register,tooling}/**/*.test.ts', ...changingTheirs], exclude: sharing } },
      // What the console computes needs no page: loading one for each file would take longer than its tests.
      { extends: true, test: { name: 'models', environment: 'node', isolate: false, restoreMocks: true, include: ['src/console/**/*.test.ts'], exclude: withPage } },
      { extends: true, test: { name: 'console', environment: 'jsdom', include: ['src/console/**/*.test.tsx', ...withPage], setupFiles: ['src/console/testing/setup.ts'] } },
    ],
  },
}));

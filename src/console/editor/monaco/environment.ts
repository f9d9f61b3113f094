// Monaco's own workers from our own origin: no blob, no eval. One for diffs; TypeScript's service for scripts, by far the largest file of all, and
// fetched when the first script is shown.

declare global {
  interface Window { MonacoEnvironment?: { getWorker(moduleId: string, label: string): Worker } }
}

window.MonacoEnvironment = {
  // The package names this file itself, so that naming it here too makes one of both.
  getWorker: (_module, label) => label === 'javascript'
    ? new Worker(new URL('monaco-editor/languages/features/typescript/ts.worker', import.meta.url), { type: 'module', name: 'javascript' })
    : new Worker(new URL('./monaco.worker.ts', import.meta.url), { type: 'module', name: 'monaco' }),
};

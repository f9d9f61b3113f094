// Monaco's own worker (diffs) from our own origin: no blob, no eval.

declare global {
  interface Window { MonacoEnvironment?: { getWorker(moduleId: string, label: string): Worker } }
}

window.MonacoEnvironment = { getWorker: () => new Worker(new URL('./monaco.worker.ts', import.meta.url), { type: 'module', name: 'monaco' }) };

// Monaco's own worker (diffs, word lists) from our own origin: no blob, no eval.
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';

declare global {
  interface Window { MonacoEnvironment?: { getWorker(moduleId: string, label: string): Worker } }
}

window.MonacoEnvironment = { getWorker: () => new EditorWorker() };

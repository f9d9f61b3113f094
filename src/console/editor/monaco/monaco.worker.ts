// The entry of Monaco's own worker.
import 'monaco-editor/editor/editor.worker';

export type { EditorEngine, EditorOptions, MountedEditor } from './engine.ts';
export type { EditorHandle } from './kql-box.tsx';
export { KqlDiff, type KqlDiffProps } from './kql-diff.tsx';
export { KqlEditor, type KqlEditorProps } from './kql-editor.tsx';
export { KqlInput, type KqlInputProps } from './kql-input.tsx';
export { plainEngine } from './plain-engine.ts';
export { EditorServicesProvider, sharedKqlClient, useEditorServices, useKqlClient, type EditorServices } from './services.tsx';
export { useKqlAnalysis, type AnalysisState } from './use-kql-analysis.ts';

// The editor's seam: what a KQL box needs from a text-editing engine. Monaco is one engine (loaded when first shown);
// a plain textarea is the other, for tests and for the day Monaco's chunk cannot be fetched.
import type { KqlDiagnostic } from '../../model/index.ts';
import type { KqlClient, KqlMode } from '../workers/kql/index.ts';

export interface EditorOptions {
  readonly value: string;
  /** Read by screen readers as the name of the box. */
  readonly label: string;
  readonly mode: KqlMode;
  /** One line: no line breaks, Enter submits, Tab leaves. */
  readonly singleLine: boolean;
  readonly placeholder: string;
  readonly kql: KqlClient;
  readonly onChange: (value: string) => void;
  /** Ctrl/Cmd+Enter, and Enter in a single line. */
  readonly onSubmit: () => void;
}

export interface MountedEditor {
  /** Replaces the text as one undoable edit; a value equal to the present text changes nothing. */
  setValue(value: string): void;
  setDiagnostics(diagnostics: readonly KqlDiagnostic[]): void;
  setReadOnly(readOnly: boolean): void;
  focus(): void;
  /** Selects UTF-16 offsets [start, end), scrolls them into view and focuses. */
  reveal(start: number, end: number): void;
  dispose(): void;
}

export interface DiffOptions { readonly original: string; readonly modified: string; readonly label: string }
export interface MountedDiff { update(original: string, modified: string): void; dispose(): void }

export interface EditorEngine {
  mountEditor(host: HTMLElement, options: EditorOptions): MountedEditor;
  mountDiff(host: HTMLElement, options: DiffOptions): MountedDiff;
}

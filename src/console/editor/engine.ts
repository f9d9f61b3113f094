// The editor's seam: what a text box (KQL, a rule document in YAML, a script, or source to look at) needs from a text-editing engine. Monaco is one engine (loaded when first shown);
// a plain textarea is the other, for tests and for the day Monaco's chunk cannot be fetched.
import type { KqlDiagnostic, TextEdit } from '../../model/index.ts';
import type { KqlClient, KqlMode } from '../workers/kql/index.ts';

/** Completion and hover of a text that is not KQL. Offsets are UTF-16; `insertText` replaces [start, end). */
export interface TextHelp {
  complete(text: string, offset: number): readonly TextCompletion[];
  hover(text: string, offset: number): { readonly text: string; readonly start: number; readonly end: number } | null;
}
export interface TextCompletion { readonly label: string; readonly insertText: string; readonly detail: string; readonly documentation: string; readonly start: number; readonly end: number }

export interface EditorOptions {
  readonly value: string;
  readonly language: 'kql' | 'yaml' | 'javascript';
  /** Answers for YAML; KQL asks the worker. */
  readonly help: TextHelp | null;
  /** For JavaScript: TypeScript declarations of what a script has beside the language. */
  readonly types: string | null;
  /** Text, undo, caret and scroll live on under this name when the box goes, and come back with the next box of that name; null keeps nothing. */
  readonly documentId: string | null;
  /** Read by screen readers as the name of the box. */
  readonly label: string;
  readonly mode: KqlMode;
  /** One line: no line breaks, Enter submits, Tab leaves. */
  readonly singleLine: boolean;
  readonly placeholder: string;
  readonly kql: KqlClient;
  readonly onChange: (value: string) => void;
  /** Where the caret stands, as a UTF-16 offset, whenever it moved. */
  readonly onCaret: (offset: number) => void;
  /** Ctrl/Cmd+Enter, and Enter in a single line. */
  readonly onSubmit: () => void;
}

export interface MountedEditor {
  /** Replaces the text as one undoable edit; a value equal to the present text changes nothing. */
  setValue(value: string): void;
  /** Edits at places of the present text, in order and without overlap, as one undoable step. */
  applyEdits(edits: readonly TextEdit[]): void;
  /** Underlays whole lines from the one of `start` to the one of `end`; null takes it away. */
  setHighlight(range: { readonly start: number; readonly end: number } | null): void;
  setDiagnostics(diagnostics: readonly KqlDiagnostic[]): void;
  setReadOnly(readOnly: boolean): void;
  focus(): void;
  /** Selects UTF-16 offsets [start, end), scrolls them into view and focuses. */
  reveal(start: number, end: number): void;
  dispose(): void;
}

export interface DiffOptions { readonly language: 'kql' | 'yaml'; readonly original: string; readonly modified: string; readonly label: string; /** Told whenever the texts were compared: how many places differ. */ readonly onDifferences: (count: number) => void }
export interface MountedDiff { update(original: string, modified: string): void; /** To the next place that differs, or the one before. */ go(way: 'next' | 'previous'): void; dispose(): void }

export interface CodeOptions { /** Decides the language. */ readonly path: string; readonly text: string; readonly label: string; readonly onLine: (line: number) => void }
export interface CodeNote { /** From 1. */ readonly line: number; readonly text: string; /** `value`: what was seen there; `probe`: something sits there. */ readonly tone: 'value' | 'probe' }
export interface CodeMarks {
  /** Lines, from 1, at which something can be put. */
  readonly stops: readonly number[];
  readonly chosen: number | null;
  readonly notes: readonly CodeNote[];
}
export interface MountedCode { setMarks(marks: CodeMarks): void; reveal(line: number): void; dispose(): void }

export interface EditorEngine {
  mountEditor(host: HTMLElement, options: EditorOptions): MountedEditor;
  mountDiff(host: HTMLElement, options: DiffOptions): MountedDiff;
  mountCode(host: HTMLElement, options: CodeOptions): MountedCode;
}

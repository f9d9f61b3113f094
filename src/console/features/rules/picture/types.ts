// What the picture is given and what it says back. The text is the one truth: the picture never holds a rule of its own.
import type { Blocks, CompileMode, LiveField } from '../../../../kql/index.ts';
import type { KqlDiagnostic, TextEdit } from '../../../../model/index.ts';

/** Records per second into and out of a block. */
export interface BlockFlow { readonly in: number; readonly out: number }

/** What the language service last said, and of which text. `good` is the last answer that had blocks. */
export interface QueryReading {
  readonly text: string;
  readonly blocks: Blocks;
  readonly good: { readonly text: string; readonly blocks: NonNullable<Blocks> } | null;
  /** The service could not answer: a sentence. */
  readonly failure: string | null;
}

/** Names that a sink can be pointed at, as far as they are known. */
export interface SinkNames { readonly detectors?: readonly string[]; readonly recorders?: readonly string[]; readonly exporters?: readonly string[] }

export interface QueryPictureProps {
  /** The editor's text as it is now; `reading` may be a moment older. */
  readonly text: string;
  readonly reading: QueryReading;
  readonly mode: CompileMode;
  /** Of the text in `reading`. */
  readonly problems: readonly KqlDiagnostic[];
  /** One per block of `reading.blocks`; null when nothing was measured. */
  readonly flow: readonly BlockFlow[] | null;
  /** Beside the table's name: "frontend, 3 agents". */
  readonly tableNote?: string;
  /** The text cursor; null when the editor has none. */
  readonly selectedOffset: number | null;
  /** Fields seen in live records, their examples masked. */
  readonly fields: readonly LiveField[];
  readonly sinkNames?: SinkNames;
  /** Edits of `text`, in order and without overlap; the caller makes them through the editor, so that undo works. */
  readonly onEdit: (edits: readonly TextEdit[]) => void;
  /** A place of the text should be shown there, with the cursor at it. Without it the place is only chosen. */
  readonly onReveal?: (range: { readonly start: number; readonly end: number }) => void;
  /** A block was chosen: its place in the text. */
  readonly onSelect: (range: { readonly start: number; readonly end: number }) => void;
}

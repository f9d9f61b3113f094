// The KQL language service as its users see it: the BFF's compile worker, the console's worker, the command line.
// Pure data in, pure data out; `createKqlLanguage` (kusto/) makes one over Microsoft's parser.
import type { KqlDiagnostic } from '../model/index.ts';
import type { Blocks } from './blocks/types.ts';
import type { Expr, KqlType, Plan } from './plan.ts';

/** What the text is for: a rule ends in a sink; a filter is a predicate or `where` only; a table query runs over rows of unknown columns;
 *  targets is a predicate over agents and resources; a guard a predicate of a state machine's transition (an expression for its key too). */
export type CompileMode = 'rule' | 'filter' | 'table' | 'targets' | 'guard';

export interface ColumnHint { readonly name: string; readonly type: KqlType }

export interface CompileOptions {
  readonly mode: CompileMode;
  /** Table mode: what the first rows look like. Names not listed are dynamic columns. */
  readonly columns?: readonly ColumnHint[];
}

/** What redact() can look for, from redaction/. */
export interface DetectorInfo { readonly name: string; readonly doc: string }

/** `plan` is null exactly when a diagnostic is an error. Offsets are UTF-16 into the text as given. */
export interface Compiled {
  readonly diagnostics: readonly KqlDiagnostic[];
  readonly plan: Plan | null;
  /** Modes targets and guard: the one expression that the text is; missing for empty targets. Of a guard its type is the caller's to judge: a
   *  transition and an `if` want bool (the plan is then one `where`), a key takes any (the plan is then one `project`). */
  readonly expression?: Expr;
}

export type KqlCompletionKind = 'table' | 'column' | 'attribute' | 'function' | 'aggregate' | 'sink' | 'operator' | 'keyword' | 'value' | 'snippet';

/** `insertText` replaces [start, end) and `cursor` is the place in it where the cursor goes, usually its end. Best first. A snippet also
 *  has `template`: the same text with its places to fill in, `${1:name}`, as editors write them. */
export interface KqlCompletion {
  readonly label: string; readonly insertText: string; readonly kind: KqlCompletionKind;
  readonly detail: string; readonly documentation: string; readonly start: number; readonly end: number; readonly cursor: number;
  readonly template?: string;
}

export type KqlTokenKind = 'table' | 'keyword' | 'operator' | 'function' | 'sink' | 'column' | 'string' | 'number' | 'comment' | 'punctuation' | 'plain';
export interface KqlToken { readonly start: number; readonly end: number; readonly kind: KqlTokenKind }

/** `text` is Markdown. */
export interface KqlHover { readonly text: string; readonly start: number; readonly end: number }

/** Signature help. Each parameter's `label` stands in `label` as it is; `active` is the index of the one being written. */
export interface KqlSignature {
  readonly label: string; readonly documentation: string; readonly active: number | null;
  readonly parameters: readonly { readonly label: string; readonly documentation: string }[];
}

/** A field seen in live records; completion offers it with its type, presence and example values. */
export interface LiveField {
  readonly name: string;
  /** The bag that holds it; `Record` for a column of the table itself, such as EventName. */
  readonly column: 'Attributes' | 'Resource' | 'Record';
  readonly type: string;
  /** Share of the records that carry it, 0 to 1. */
  readonly presence: number; readonly distinct: number; readonly examples: readonly string[];
}

export interface KqlLanguage {
  compile(text: string, options: CompileOptions): Compiled;
  complete(text: string, offset: number, mode: CompileMode, fields?: readonly LiveField[]): readonly KqlCompletion[];
  hover(text: string, offset: number, mode: CompileMode, fields?: readonly LiveField[]): KqlHover | null;
  /** The call that the cursor stands in; null when it stands in none that Weir knows. */
  signature(text: string, offset: number, mode: CompileMode): KqlSignature | null;
  /** The text laid out one operator a line; the text itself when it does not parse. */
  format(text: string, mode?: CompileMode): string;
  /** In order, without overlap; what lies between is white space. */
  tokens(text: string, mode: CompileMode): readonly KqlToken[];
  /** The chain of blocks that the text is; empty for an empty text, null when it does not parse. */
  blocks(text: string, mode: CompileMode): Blocks;
}

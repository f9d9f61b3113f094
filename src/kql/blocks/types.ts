// A query as a chain of blocks: the picture beside the text. Blocks are places in the very text; editing a block edits that
// place and nothing else, so comments and layout stay. Offsets are UTF-16 into the text.
import type { KqlType } from '../plan.ts';

export type BlockKind = 'let' | 'table' | 'operator' | 'sink';

export interface BlockColumn { readonly name: string; readonly type: KqlType }

export interface QueryBlock {
  readonly kind: BlockKind;
  /** `Logs`, `where`, `summarize`, `to_metric`, … */
  readonly keyword: string;
  /** The whole part: from its `|` (or its first word) to its end, without the white space and comments around it. */
  readonly start: number; readonly end: number;
  /** What stands behind the keyword: the part that a form rewrites. */
  readonly bodyStart: number; readonly bodyEnd: number;
  /** The body on one line, shortened, for the box. */
  readonly summary: string;
  /** Columns that exist before the block, for its form's choices. */
  readonly columns: readonly BlockColumn[];
  /** Columns that exist behind it, for a block that is put there. */
  readonly after: readonly BlockColumn[];
  /** Its body as fields of a form; null when it says more than the form can: then it is edited as text. */
  readonly form: BlockForm | null;
}

export interface ClauseField { readonly left: string; readonly operator: string; readonly right: string }
/** Conditions in brackets. `not`: none of them (`or`), or not all of them (`and`), may hold. */
export interface ClauseGroup { readonly join: 'and' | 'or'; readonly not: boolean; readonly clauses: readonly WhereCondition[] }
export type WhereCondition = ClauseField | ClauseGroup;
export interface NamedField { readonly name: string; readonly expression: string }

/** A text is a KQL literal with its quotes. */
export type ParseField = { readonly part: 'text'; readonly text: string } | { readonly part: 'column'; readonly name: string; readonly type: string } | { readonly part: 'skip' };
export interface ExpandField { readonly name: string; readonly expression: string; readonly type: string }

/** Texts are KQL: a right side of `"LogLaunch"` has its quotes. */
export type BlockForm =
  | { readonly form: 'table'; readonly table: string }
  | { readonly form: 'where'; readonly join: 'and' | 'or'; readonly clauses: readonly WhereCondition[] }
  | { readonly form: 'columns'; readonly columns: readonly NamedField[] }
  | { readonly form: 'names'; readonly names: readonly string[] }
  | { readonly form: 'summarize'; readonly aggregates: readonly { readonly name: string; readonly fn: string; readonly args: string }[]; readonly by: readonly NamedField[]; readonly window: { readonly column: string; readonly size: string } | null }
  | { readonly form: 'sort'; readonly keys: readonly { readonly expression: string; readonly descending: boolean }[] }
  | { readonly form: 'count'; readonly count: string; readonly by: string | null; readonly descending: boolean }
  /** `parse source with parts`, in its simple mode. A column without a type has ''. */
  | { readonly form: 'parse'; readonly source: string; readonly parts: readonly ParseField[] }
  /** `mv-expand name = expression to typeof(type) limit n`; '' where nothing is said. */
  | { readonly form: 'expand'; readonly columns: readonly ExpandField[]; readonly limit: string }
  | { readonly form: 'sink'; readonly sink: string; readonly arguments: Readonly<Record<string, string>> };

/** Null when the text does not parse well enough to be cut into blocks; then the picture keeps its last good state. */
export type Blocks = readonly QueryBlock[] | null;

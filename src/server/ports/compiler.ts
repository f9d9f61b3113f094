// KQL text to Plan and rule text to checked rule, off the event loop. The real one is worker threads around Microsoft's
// parser (../kql).
import type { Compiled } from '../../kql/index.ts';
import type { RuleDocument } from '../../model/index.ts';
import type { CheckedRule, ConflictRule, RuleConflict, RuleEdit } from '../../rules/index.ts';

/** A rule must end in a sink; a tail filter is a bare predicate or `where` only. */
export type CompileMode = 'rule' | 'filter';

export type CompileResult = Compiled;

/** The format of what `check` gives. Stored checks of another number are made again at the start. */
export const checkerVersion = 2;

/** A text to write: that of a document, as edits of the text that there was where that can be. */
export interface Rewording { readonly document: RuleDocument; readonly before: { readonly text: string; readonly edits: readonly RuleEdit[] } | null }

/** All reject with CompileLimit when this one question took too much, and with another error when the compiler itself cannot run. */
export interface KqlCompiler {
  /** Refuses, too, what the agents' engine would refuse. */
  compile(text: string, mode: CompileMode): Promise<CompileResult>;
  /** A whole rule document: YAML, shape, every KQL in it, and what the agents' engine would refuse. */
  check(text: string): Promise<CheckedRule>;
  /** The text of a document; comments and layout of the text before stay. */
  reword(rewording: Rewording): Promise<string>;
  /** What rules do to each other; those in shadow take nothing away. */
  conflicts(rules: readonly ConflictRule[]): Promise<readonly RuleConflict[]>;
  stop(): Promise<void>;
}

/** A question that was given up, for it took too long or too much memory. Others are answered. */
export class CompileLimit extends Error {
  override readonly name = 'CompileLimit';
}

// KQL text to Plan and rule text to checked rule, off the event loop. The real one is a worker thread around Microsoft's
// parser (../kql).
import type { Compiled } from '../../kql/index.ts';
import type { CheckedRule, ConflictRule, RuleConflict } from '../../rules/index.ts';

/** A rule must end in a sink; a tail filter is a bare predicate or `where` only. */
export type CompileMode = 'rule' | 'filter';

export type CompileResult = Compiled;

/** The format of what `check` gives. Stored checks of another number are made again at the start. */
export const checkerVersion = 1;

/** All reject only when the compiler itself cannot run. */
export interface KqlCompiler {
  compile(text: string, mode: CompileMode): Promise<CompileResult>;
  /** A whole rule document: YAML, shape, every KQL in it, and what the agents' engine would refuse. */
  check(text: string): Promise<CheckedRule>;
  /** What rules do to each other; those in shadow take nothing away. */
  conflicts(rules: readonly ConflictRule[]): Promise<readonly RuleConflict[]>;
  stop(): Promise<void>;
}

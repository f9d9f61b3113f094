// KQL text to Plan, off the event loop. The real one is a worker thread around Microsoft's parser (../kql).
import type { Compiled } from '../../kql/index.ts';

/** A rule must end in a sink; a tail filter is a bare predicate or `where` only. */
export type CompileMode = 'rule' | 'filter';

export type CompileResult = Compiled;

export interface KqlCompiler {
  /** Rejects only when the compiler itself cannot run. */
  compile(text: string, mode: CompileMode): Promise<CompileResult>;
  stop(): Promise<void>;
}

// KQL text to Plan, off the event loop. The real one is a worker thread around Microsoft's parser (../kql).
import type { Plan } from '../../kql/index.ts';
import type { KqlDiagnostic } from '../../model/index.ts';

/** A rule must end in a sink; a tail filter is a bare predicate or `where` only. */
export type CompileMode = 'rule' | 'filter';

/** `plan` is null exactly when a diagnostic is an error. */
export interface CompileResult { readonly plan: Plan | null; readonly diagnostics: readonly KqlDiagnostic[] }

export interface KqlCompiler {
  /** Rejects only when the compiler itself cannot run. */
  compile(text: string, mode: CompileMode): Promise<CompileResult>;
  stop(): Promise<void>;
}

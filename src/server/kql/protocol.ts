// What travels between the compile service and its worker thread; plain data for structured clone.
import type { Compiled, CompileOptions } from '../../kql/index.ts';
import type { CheckedRule, ConflictRule, RuleConflict } from '../../rules/index.ts';

/** What can be asked, and what comes back. */
export interface Questions {
  compile: { readonly ask: { readonly text: string; readonly options: CompileOptions }; readonly answer: Compiled };
  check: { readonly ask: { readonly text: string }; readonly answer: CheckedRule };
  conflicts: { readonly ask: { readonly rules: readonly ConflictRule[] }; readonly answer: readonly RuleConflict[] };
}
export type Question = keyof Questions;

export type Call = { readonly [Q in Question]: { readonly id: number; readonly question: Q; readonly ask: Questions[Q]['ask'] } }[Question];
export type Reply =
  | { readonly id: number; readonly ok: true; readonly answer: Questions[Question]['answer'] }
  | { readonly id: number; readonly ok: false; readonly message: string };

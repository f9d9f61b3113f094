// What travels between the compile pool and its worker threads; plain data for structured clone.
import type { Compiled } from '../../kql/index.ts';
import type { CheckedRule, ConflictRule, RuleConflict } from '../../rules/index.ts';
import type { CompileMode, Rewording } from '../ports/compiler.ts';

/** What can be asked, and what comes back. */
export interface Questions {
  compile: { readonly ask: { readonly text: string; readonly mode: CompileMode }; readonly answer: Compiled };
  check: { readonly ask: { readonly text: string }; readonly answer: CheckedRule };
  reword: { readonly ask: Rewording; readonly answer: string };
  conflicts: { readonly ask: { readonly rules: readonly ConflictRule[] }; readonly answer: readonly RuleConflict[] };
}
export type Question = keyof Questions;

/** One at a time for each worker. */
export type Call = { readonly [Q in Question]: { readonly question: Q; readonly ask: Questions[Q]['ask'] } }[Question];
/** `ready` comes once, when the parser has been loaded; then one reply for each call. */
export type Reply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'answer'; readonly answer: Questions[Question]['answer'] }
  | { readonly kind: 'failed'; readonly message: string };

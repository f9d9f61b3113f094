// What happened to one record, rule by rule and clause by clause; and what happened to each clause over many records.
import type { Value } from '../../otlp/index.ts';

/** One part of a `where`: its KQL text, and what it gave. `null` is KQL's null, which keeps no row. Clauses behind a false one were still evaluated, for the explanation. */
export interface ClauseOutcome {
  readonly text: string;
  /** Index of the operator in the Plan, and of the clause among those joined by `and` there; targets are operator -1. */
  readonly operator: number; readonly clause: number;
  readonly outcome: boolean | null;
  /** The values of the columns and attributes that the clause reads. */
  readonly reads: readonly { readonly name: string; readonly value: Value }[];
}

export interface RuleOutcome {
  readonly rule: string; readonly version: number;
  /** `not-reached`: an earlier rule settled the record. `error`: the rule could not be run; the record passed. */
  readonly did: 'nothing' | 'dropped' | 'kept-by-sample' | 'dropped-by-sample' | 'to-metric' | 'recorded' | 'routed' | 'changed' | 'redacted' | 'held-by-dedup' | 'not-reached' | 'error';
  /** A sentence: which rule did what and why. */
  readonly because: string;
  readonly clauses: readonly ClauseOutcome[];
  /** Fields as they were and as they became, where the rule changed any; secrets masked. */
  readonly changes: readonly { readonly field: string; readonly before: Value; readonly after: Value }[];
}

/** Over many records: how often each clause was evaluated and not true. The first clause that is never true is why a rule matched nothing. */
export interface ClauseCount { readonly text: string; readonly operator: number; readonly clause: number; readonly seen: number; readonly isFalse: number; readonly isNull: number; readonly examples: readonly Value[] }

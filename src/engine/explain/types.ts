// What happened to one record, rule by rule and clause by clause; and what happened to each clause over many records.
import type { Value } from '../../otlp/index.ts';

/** A column or attribute that a clause reads, by its KQL text, and its value; secrets masked. */
export interface ClauseRead { readonly name: string; readonly value: Value }

/** A part of a clause that is joined by `or` or negated: a tree, for the explanation. */
export interface ClausePart { readonly text: string; readonly outcome: boolean | null; readonly reads: readonly ClauseRead[]; readonly join: 'and' | 'or' | 'not' | null; readonly parts: readonly ClausePart[] }

/** One part of a `where`: its KQL text, and what it gave. `null` is KQL's null, which keeps no row. Clauses behind a false one were still evaluated, for the explanation. */
export interface ClauseOutcome {
  readonly text: string;
  /** Index of the operator in the Plan, and of the clause among those joined by `and` there; targets are operator -1. */
  readonly operator: number; readonly clause: number;
  readonly outcome: boolean | null;
  /** The values of the columns and attributes that the clause reads. */
  readonly reads: readonly ClauseRead[];
  /** What it is made of, when it joins parts by `or`, or negates one; else empty. */
  readonly join: 'and' | 'or' | 'not' | null;
  readonly parts: readonly ClausePart[];
}

export interface RuleOutcome {
  readonly rule: string; readonly name: string; readonly version: number;
  /** Redaction rules run before all others, whatever their order. */
  readonly stage: 'redaction' | 'rules';
  /** `not-reached`: an earlier rule settled the record. `error`: the rule could not be run; the record passed. */
  readonly did: 'nothing' | 'dropped' | 'kept-by-sample' | 'dropped-by-sample' | 'to-metric' | 'recorded' | 'routed' | 'changed' | 'redacted' | 'held-by-dedup' | 'not-reached' | 'error';
  /** In shadow mode `did` is what the rule would have done; the record went on as it was. */
  readonly shadow: boolean;
  /** A sentence: which rule did what and why. */
  readonly because: string;
  readonly clauses: readonly ClauseOutcome[];
  /** Fields as they were and as they became, where the rule changed any; secrets masked. */
  readonly changes: readonly FieldChange[];
}

/** A field by its KQL text: `Body`, `Attributes["http.route"]`. Null where it is not there. */
export interface FieldChange { readonly field: string; readonly before: Value; readonly after: Value }

/** What a clause's column or attribute held in the records that came as far as the clause and failed it. */
export interface ReadCount {
  readonly name: string;
  /** Most frequent first; secrets masked. */
  readonly values: readonly { readonly value: Value; readonly count: number }[];
  /** Records with other values than these. */
  readonly other: number;
  /** Bounds of the numbers among the values; null when there were none. */
  readonly least: number | null; readonly most: number | null;
}

/** Over many records: how often each clause was evaluated and not true. The first clause that is never true is why a rule matched nothing. */
export interface ClauseCount {
  readonly text: string; readonly operator: number; readonly clause: number;
  readonly seen: number; readonly isFalse: number; readonly isNull: number;
  /** Records for which every earlier clause held, and those for which this one held too. */
  readonly reached: number; readonly passed: number;
  readonly examples: readonly Value[];
  /** Per column or attribute that the clause reads, over `read` of the records that reached it and failed. */
  readonly reads: readonly ReadCount[]; readonly read: number;
  /** A text that the clause asks for and that no record had, and one that it may have been meant to be; null when none comes near. */
  readonly near: { readonly name: string; readonly wrote: string; readonly saw: string } | null;
  /** True of the one clause that is why nothing matched. */
  readonly blamed: boolean;
}

/** Records that went into and came out of each operator of a Plan that works record by record, in its order; `reached`: the sink. */
export interface Flow { readonly seen: number; readonly targeted: number; readonly operators: readonly { readonly operator: number; readonly op: string; readonly in: number; readonly out: number }[]; readonly reached: number }

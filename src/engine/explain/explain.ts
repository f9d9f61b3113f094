// Explain: for one record, what each rule did and why, in the order in which rules run. The pipeline decides what
// happened; the clauses say why. Sampling of records without a trace id, and dedup, depend on what came before: here the
// record is looked at alone.
import type { Clock } from '../../base/index.ts';
import type { AgentRuleInput, Signal } from '../../model/index.ts';
import { codec, type RequestView, type Value } from '../../otlp/index.ts';
import { newFrame, type Frame } from '../expr/index.ts';
import { changesBetween } from './fields.ts';
import { maskValue } from './masks.ts';
import { verdict, type ProbeClause, type ProbePart, type ProbeRead } from './probe.ts';
import { compileRun, runOne, type ExplainOptions, type RuleRun } from './rule-run.ts';
import type { ClauseOutcome, ClausePart, ClauseRead, FieldChange, RuleOutcome } from './types.ts';
import { couldNotRun, notReached, notSpent, otherSignal, whatItDid, whyNot } from './words.ts';

export interface Explanation {
  /** One outcome per rule, in the order in which rules run. */
  explain(view: RequestView, index: number): readonly RuleOutcome[];
}

type Prepared = { readonly given: AgentRuleInput; readonly run: RuleRun; readonly failed: null } | { readonly given: AgentRuleInput; readonly run: null; readonly failed: string };

/** A rule that cannot be compiled is told as one that could not be run. Explanations hold no secrets: values are masked. */
export function compileExplanation(rules: readonly AgentRuleInput[], options: { readonly clock: Clock } & ExplainOptions): Explanation {
  const prepared = rules.map((given): Prepared => {
    const run = compileRun(given, options);
    return run.ok ? { given, run: run.value, failed: null } : { given, run: null, failed: run.error.message };
  }).sort(inOrder);
  return { explain: (view, index) => new OneRecord(prepared, view, index).outcomes() };
}

/** The pipeline's: redaction first, then by order, then by id. */
function inOrder(a: Prepared, b: Prepared): number {
  return Number(redacts(b)) - Number(redacts(a)) || a.given.order - b.given.order || (a.given.id < b.given.id ? -1 : 1);
}
const redacts = ({ run }: Prepared): boolean => run !== null && (run.sink === null || run.sink.sink === 'redact');

class OneRecord {
  readonly #rules: readonly Prepared[];
  readonly #signal: Signal;
  #request: Uint8Array;
  #settledBy: string | null = null;

  constructor(rules: readonly Prepared[], view: RequestView, index: number) {
    this.#rules = rules;
    this.#signal = view.signal;
    this.#request = codec.rewrite(view, Array.from({ length: view.recordCount }, (_, i) => (i === index ? null : false)));
  }

  outcomes(): readonly RuleOutcome[] { return this.#rules.map((rule) => this.#outcome(rule)); }

  #outcome(prepared: Prepared): RuleOutcome {
    const { given, run, failed } = prepared;
    const base = { rule: given.id, name: given.name, version: given.version, stage: redacts(prepared) ? 'redaction' as const : 'rules' as const, shadow: given.mode === 'shadow', clauses: [], changes: [] };
    if (this.#settledBy !== null) return { ...base, did: 'not-reached', because: notReached(this.#settledBy) };
    if (run === null) return { ...base, did: 'error', because: couldNotRun(failed) };
    const probe = run.probes.get(this.#signal);
    if (probe === undefined) return { ...base, did: 'nothing', because: otherSignal(run.rule.policy?.signals?.join(' and ') ?? run.plan.table, this.#signal) };
    return { ...base, ...this.#run(run, probe.clauses, base.shadow) };
  }

  #run(run: RuleRun, probes: readonly ProbeClause[], shadow: boolean): Pick<RuleOutcome, 'did' | 'because' | 'clauses' | 'changes'> {
    const before = frameOf(this.#signal, this.#request);
    const { did, matched, next, error } = runOne(run, this.#signal, this.#request);
    if (did === 'error') { this.#goOn(run.rule.name, next, shadow); return { did, because: couldNotRun(error ?? ''), clauses: [], changes: [] }; }
    const clauses = clausesOf(run, this.#signal, before);
    if (!matched) return { did, because: error === null ? whyNot(clauses) : notSpent(error), clauses, changes: [] };
    const changes = changesOf(before, this.#signal, next);
    this.#goOn(run.rule.name, next, shadow);
    return { did, because: whatItDid(did, run.sink, clauses, changes.length, shadow), clauses, changes };
  }

  #goOn(rule: string, next: Uint8Array | null, shadow: boolean): void {
    if (shadow) return;
    if (next === null) this.#settledBy = rule;
    else this.#request = next;
  }
}

function frameOf(signal: Signal, request: Uint8Array): Frame {
  const walked = codec.walk(signal, request);
  // The request is one that the pipeline or the codec made.
  if (!walked.ok) throw new Error(walked.error.message);
  const cursor = codec.cursor();
  cursor.reset(walked.value);
  cursor.moveTo(0);
  return { ...newFrame(), cursor };
}

function changesOf(before: Frame, signal: Signal, next: Uint8Array | null): readonly FieldChange[] {
  return next === null ? [] : changesBetween(before.cursor, frameOf(signal, next).cursor);
}

function clausesOf(run: RuleRun, signal: Signal, frame: Frame): readonly ClauseOutcome[] {
  const probe = run.probes.get(signal)!;
  probe.prepare(frame);
  return probe.clauses.map((clause) => ({ operator: clause.operator, clause: clause.clause, ...partOf(clause, frame) }));
}

/** The parts as they are for the record of the frame; values masked. */
export function partOf(part: ProbePart, frame: Frame): ClausePart {
  return { text: part.text, outcome: verdict(part.run, frame), reads: part.reads.map((read) => readOf(read, frame)), join: part.join, parts: part.parts.map((inner) => partOf(inner, frame)) };
}

function readOf({ name, key, run }: ProbeRead, frame: Frame): ClauseRead {
  const value: Value = run(frame);
  return { name, value: maskValue(value, key) };
}

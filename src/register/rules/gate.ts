// The first pass: rules that drop or sample, on the app's own objects. A rule that fails on a record lets it pass.
import { ok, type Clock, type Failure, type Result } from '../../base/index.ts';
import { compileRecordRule } from '../../engine/index.ts';
import type { AgentRule, InProcessRuleCounts, Signal } from '../../model/index.ts';
import type { RecordCursor, Value } from '../../otlp/index.ts';

type Counts = { -readonly [K in keyof InProcessRuleCounts]: InProcessRuleCounts[K] };
type Test = (cursor: RecordCursor) => boolean;

interface GateRule {
  readonly counts: Counts;
  readonly matches: Partial<Readonly<Record<Signal, Test>>>;
  readonly keeps: Partial<Readonly<Record<Signal, Test>>>;
  /** Kept records stand for 1 / ratio; null drops all that match. */
  readonly ratio: number | null;
  readonly isShadow: boolean;
  readonly expiresAtUnixMs: number | null;
}
interface SignalRule { readonly rule: GateRule; readonly matches: Test; readonly keeps: Test | null }

export const newRuleCounts = (id: string, version: number, disabled: string | null = null): Counts => ({ id, version, matched: 0, removed: 0, changed: 0, errors: 0, lastError: null, disabled });

/** What became of a record: gone, or kept and standing for so many. */
export type GateVerdict = 'dropped' | 'sampled' | number;

export class Gate {
  readonly #rules: readonly GateRule[];
  #bySignal: Readonly<Record<Signal, readonly SignalRule[]>> = { logs: [], spans: [], metrics: [] };
  /** Records that a rule failed on. */
  faults = 0;

  constructor(rules: readonly GateRule[]) {
    this.#rules = rules;
    this.#arrange();
  }

  isFor(signal: Signal): boolean { return this.#bySignal[signal].length > 0; }

  counts(): readonly InProcessRuleCounts[] { return this.#rules.map(({ counts }) => counts); }

  judge(signal: Signal, cursor: RecordCursor): GateVerdict {
    let standsFor = 1;
    const rules = this.#bySignal[signal];
    for (let i = 0; i < rules.length; i++) {
      const one = rules[i]!;
      const { counts, isShadow, ratio } = one.rule;
      if (!this.#met(one, cursor) || isShadow) continue;
      if (one.keeps === null || !one.keeps(cursor)) { counts.removed++; return ratio === null ? 'dropped' : 'sampled'; }
      if (ratio !== null && ratio < 1) { standsFor /= ratio; counts.changed++; }
    }
    return standsFor;
  }

  #met({ matches, rule: { counts } }: SignalRule, cursor: RecordCursor): boolean {
    try {
      if (!matches(cursor)) return false;
      counts.matched++;
      return true;
    } catch (error) {
      this.faults++;
      counts.errors++;
      counts.lastError = error instanceof Error ? error.message : String(error);
      return false;
    }
  }

  /** Rules past their date end here. */
  expire(nowUnixMs: number): void {
    const ended = this.#rules.filter(({ expiresAtUnixMs, counts }) => expiresAtUnixMs !== null && expiresAtUnixMs <= nowUnixMs && counts.disabled === null);
    for (const { counts } of ended) counts.disabled = 'It came to its date.';
    if (ended.length > 0) this.#arrange();
  }

  /** None runs any more. */
  turnOff(reason: string): void {
    for (const { counts } of this.#rules) counts.disabled ??= reason;
    this.#arrange();
  }

  #arrange(): void {
    const running = this.#rules.filter(({ counts }) => counts.disabled === null);
    const of = (signal: Signal): readonly SignalRule[] => running.flatMap((rule) => {
      const matches = rule.matches[signal];
      return matches === undefined ? [] : [{ rule, matches, keeps: rule.keeps[signal] ?? null }];
    });
    this.#bySignal = { logs: of('logs'), spans: of('spans'), metrics: [] };
  }
}

/** Counts of a deployment that stays go on from `before`. */
export function gateRule(rule: AgentRule, before: InProcessRuleCounts | undefined, clock: Clock, agent: Readonly<Record<string, Value>>): Result<GateRule, Failure> {
  const compiled = compileRecordRule(rule, clock, agent);
  if (!compiled.ok) return compiled;
  const { sink, matches, keeps } = compiled.value;
  const { id, version, mode, expiresAtUnixMs } = rule;
  return ok({
    counts: before?.version === version ? { ...before, disabled: null } : newRuleCounts(id, version), matches, keeps,
    ratio: sink.sink === 'sample' ? sink.ratio : null, isShadow: mode === 'shadow', expiresAtUnixMs,
  });
}

// The second pass: redaction and rules that write, by the pipeline that agents run, on one record as an export request. So what a
// rule means is the same here and there: redaction first and once more behind what was written, and closed when it fails.
import type { Clock, Failure, Result } from '../../base/index.ts';
import { compileRecordRule, createPipeline, type Pipeline, type RecordRule } from '../../engine/index.ts';
import { signals as allSignals, type AgentRule, type InProcessRuleCounts, type Signal } from '../../model/index.ts';
import type { RecordCursor, Value } from '../../otlp/index.ts';

const noTap = { in: false, out: false };
/** Pairs of rule and detector that are told apart. */
const mostHidden = 1000;

/** `gone`: a rule took the record away. */
export type Rewritten = { readonly is: 'same' } | { readonly is: 'gone' } | { readonly is: 'changed'; readonly bytes: Uint8Array };

export class Rewriter {
  readonly #clock: Clock;
  readonly #pipeline: Pipeline;
  readonly #agent: Readonly<Record<string, Value>>;
  #redacted: ReadonlySet<Signal> = new Set();
  /** Rules that do not redact: whether any of them could have to do with a record. */
  #others: readonly RecordRule[] = [];
  #asksResource = false;
  readonly #hidden = new Map<string, { rule: string; detector: string; count: number }>();

  constructor(clock: Clock, agent: Readonly<Record<string, Value>>) {
    this.#clock = clock;
    this.#agent = agent;
    this.#pipeline = createPipeline({ clock, agent, resource: {}, recorderBytes: 1, maxGroups: 1 });
  }

  /** A rule that cannot run is covered for where it may redact, and says so in `counts`. */
  replace(rules: readonly AgentRule[]): Result<void, Failure> {
    const replaced = this.#pipeline.replaceRules(rules, [], 'rule-by-rule');
    if (!replaced.ok) return replaced;
    const live = rules.filter(({ mode }) => mode === 'live');
    this.#redacted = new Set(live.flatMap(redactedSignals));
    this.#others = rules.flatMap((rule) => { const compiled = rule.policy === null ? compileRecordRule(rule, this.#clock, this.#agent) : null; return compiled?.ok === true ? [compiled.value] : []; });
    this.#asksResource = JSON.stringify(rules).includes('"Resource"');
    return replaced;
  }

  /** Whether nothing of this signal may leave unseen. */
  redacts(signal: Signal): boolean { return this.#redacted.has(signal); }
  /** Whether the resource's attributes matter to any rule, beside its service. */
  get asksResource(): boolean { return this.#asksResource; }

  /** Whether the record has to be put to the rules. One that cannot be asked about has. */
  concerns(signal: Signal, cursor: RecordCursor): boolean {
    return this.#redacted.has(signal) || this.#others.some(({ matches }) => mayMatch(matches[signal], cursor));
  }

  /** Throws on bytes that are no request. */
  run(signal: Signal, bytes: Uint8Array): Rewritten {
    const done = this.#pipeline.process(signal, bytes, noTap);
    if (!done.ok) throw new Error(done.error.message);
    const [left] = done.value.out;
    if (left === undefined) return { is: 'gone' };
    return done.value.changed === 0 ? { is: 'same' } : { is: 'changed', bytes: left.bytes };
  }

  counts(): readonly InProcessRuleCounts[] {
    return this.#pipeline.stats().map(({ id, version, matched, removed, changed, errors, lastError, disabled }) => ({ id, version, matched, removed, changed, errors, lastError, disabled: disabled?.reason ?? null }));
  }

  /** What was hidden so far, by rule and detector. */
  hidden(): readonly { readonly rule: string; readonly detector: string; readonly count: number }[] {
    for (const { rule, detector, count } of this.#pipeline.takeRedactions().cells) {
      const key = `${rule.id} ${detector}`;
      const known = this.#hidden.get(key);
      if (known !== undefined) known.count += count;
      else if (this.#hidden.size < mostHidden) this.#hidden.set(key, { rule: rule.id, detector, count });
    }
    return [...this.#hidden.values()];
  }
}

function redactedSignals({ policy, plan }: AgentRule): readonly Signal[] {
  if (policy !== null) return policy.signals ?? allSignals;
  return JSON.stringify(plan ?? null).includes('"redact"') ? allSignals : [];
}

function mayMatch(test: ((cursor: RecordCursor) => boolean) | undefined, cursor: RecordCursor): boolean {
  try { return test?.(cursor) ?? false; } catch { return true; }
}

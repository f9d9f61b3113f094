// The engine's face: what agents, the CLI and browser workers call.
import type { Clock, Failure, Result } from '../base/index.ts';
import type { Plan } from '../kql/index.ts';
import type { AgentRuleInput, CoverageCell, RedactionCell, RuleStats, Signal, Talker } from '../model/index.ts';
import type { RequestView, Value } from '../otlp/index.ts';
import type { KeyRing } from '../redaction/index.ts';
import type { DisabledRule, KeeperOptions } from './budget/index.ts';

/** Bytes for one exporter. `records` counts log records, spans or data points. */
export interface OutBatch { readonly exporter: string; readonly signal: Signal; readonly bytes: Uint8Array; readonly records: number }

export interface ProcessResult {
  readonly received: number;
  /** Usually one batch; its bytes are the input itself when no rule touched it. */
  readonly out: readonly OutBatch[];
  readonly removed: { readonly dropped: number; readonly sampled: number; readonly toMetric: number; readonly recorded: number; readonly deduped: number };
  readonly changed: number;
  /** The request after redaction and before all other rules, and after all rules, for the tail; only when asked for. */
  readonly tapIn: Uint8Array | null;
  readonly tapOut: Uint8Array | null;
}

/** What redact rules and policies hid since it was last asked for. Bounded: what had no room is counted. */
export interface RedactionTally {
  readonly cells: readonly RedactionCell[];
  readonly coverage: readonly CoverageCell[];
  readonly overflow: { readonly findings: number; readonly services: number; readonly fingerprints: number };
}

/** What a rule that cannot run means for the others. `all-or-nothing`, for checks and dry runs: an error. `rule-by-rule`, for who reports
 *  each rule's own state: they run, it is disabled in `stats`, and where it may redact it is covered for, by its last version that ran or
 *  else by masking everything that a detector finds. */
export type ReplaceManner = 'all-or-nothing' | 'rule-by-rule';

export interface Pipeline {
  /** One export request through all rules. Malformed bytes are an error and change nothing. */
  process(signal: Signal, bytes: Uint8Array, tap: { readonly in: boolean; readonly out: boolean }): Result<ProcessResult, Failure>;
  /** Closes windows that are due at `nowUnixNano`, the wall clock, and hands over metrics that rules made and records that they held. `all` closes every window. */
  flush(nowUnixNano: bigint, all?: boolean): readonly OutBatch[];
  /** Records that are only here: taken into metric windows that are still open, or held by dedup. Lost if the process dies. */
  heldRecords(): number;
  stats(): readonly RuleStats[];
  /** What was hidden since the last call, and of how many bytes; never a value. */
  takeRedactions(): RedactionTally;
  talkers(limit: number): { readonly talkers: readonly Talker[]; readonly otherRecords: number };
  recorders(): readonly { name: string; records: number; bytes: number; maxBytes: number; evicted: number; oldestUnixMs: number | null }[];
  /** What a flight recorder holds, oldest first; empty when there is none of that name. */
  recorder(name: string): readonly { readonly signal: Signal; readonly bytes: Uint8Array; readonly records: number; readonly atUnixMs: number }[];
  /** Swaps the rules; open windows of unchanged rules (same id, version, deployment and mode) and counts go on. On an error nothing has changed.
   *  `disabled`: deployments that turned themselves off before this process started; they stay off. */
  replaceRules(rules: readonly AgentRuleInput[], disabled?: readonly DisabledRule[], manner?: ReplaceManner): Result<void, Failure>;
  /** Rules that turned themselves off since the last call: past a bound, or their date. Ask after each `process`, `flush` and `replaceRules`. */
  takeNewlyDisabled(): readonly DisabledRule[];
}

export type CreatePipeline = (options: {
  readonly clock: Clock;
  /** Resource attributes of metrics that rules make (agent identity); the group keys of the rule come on top. */
  readonly resource: Readonly<Record<string, Value>>;
  readonly recorderBytes: number;
  /** Groups or keys that one rule may keep, over all of its open windows. */
  readonly maxGroups: number;
  /** What comes was recorded earlier, at whatever times: windows open for all of them, and close when all are flushed. */
  readonly recorded?: boolean;
  /** HMAC key of action `hash` and of the audit's fingerprints; without one, `hash` masks. Its owner may begin a new period at any time. */
  readonly redactionKeys?: KeyRing;
  /** The agent's own attributes, which targets may name as `Agent`. */
  readonly agent?: Readonly<Record<string, Value>>;
  /** The agent's ceiling, and what is measured of its process. Budgets of rules hold without. A clock of their own where the data's time is not the machine's. */
  readonly budgets?: Partial<KeeperOptions>;
}) => Pipeline;

/** A where-only Plan as a per-record predicate over lazy records: tail filters on the agent and in the browser. */
export type CompileFilter = (plan: Plan, signal: Signal, clock?: Clock) => Result<(view: RequestView, index: number) => boolean, Failure>;

/** A Plan over row objects (`weir kql`, tests): columns by name, missing is null. */
export type RunTable = (plan: Plan, rows: AsyncIterable<Readonly<Record<string, Value>>> | Iterable<Readonly<Record<string, Value>>>, clock?: Clock) => AsyncIterable<Readonly<Record<string, Value>>>;

// The engine's face: what agents, the CLI and browser workers call.
import type { Clock, Failure, Result } from '../base/index.ts';
import type { Plan } from '../kql/index.ts';
import type { MinerOptions } from '../mining/index.ts';
import type { AgentRecorder, AgentRuleInput, CoverageCell, RecorderState, RedactionCell, RuleStats, Signal, Talker } from '../model/index.ts';
import type { RequestView, Value } from '../otlp/index.ts';
import type { KeyRing } from '../redaction/index.ts';
import type { DisabledRule, KeeperOptions } from './budget/index.ts';
import type { NetSet } from './nets/index.ts';
import type { EventAccounts } from './pipeline/event-accounts.ts';
import type { Valve } from './pipeline/valves.ts';
import type { FramesAsked, FrameStore, KeyState, RecorderFrame, RecorderShape } from './recorders/index.ts';

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
  /** What every line of code sends: its reports, and the templates that name bodies. */
  readonly events: EventAccounts;
  /** The armed state machines. `process` offers them what redaction has passed; whoever runs the pipeline moves their time and takes their firings. */
  readonly nets: NetSet;
  /** Flight recorders as somebody defined them; others are plain and of a usual size. All or nothing; one whose kind or key changed starts empty. */
  defineRecorders(recorders: readonly AgentRecorder[]): Result<void, Failure>;
  /** Stopped: records pass it by, what it holds stays. False when there is none of that name. */
  runRecorder(name: string, running: boolean): boolean;
  /** Bytes of those in memory, under one cap. */
  recorders(): { readonly states: readonly RecorderState[]; readonly bytes: number; readonly maxBytes: number };
  /** The rings of a keyed recorder, fullest first. */
  recorderKeys(name: string, limit: number): readonly KeyState[];
  /** What a flight recorder holds, oldest first, redacted by the rules of now; of one key when it is given. Null when there is none of that name. */
  recorder(name: string, key?: string): Iterable<RecorderFrame> | null;
  /** The same for whoever lets others have their turn in between; null in between says that much was looked at and nothing of it is given. */
  readRecorder(name: string, asked: FramesAsked): Iterable<RecorderFrame | null> | null;
  /** Lets records of a service past all rules but redaction, for a while. */
  openValve(valve: Valve): void;
  /** How many records went through it; 0 of one that is not open. */
  closeValve(id: string): number;
  /** Writes down what recorders on disk have not written yet. Nothing is recorded after it. */
  closeRecorders(): void;
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
  /** Of all flight recorders in memory together. */
  readonly recorderBytes: number;
  /** Keeps recorders that are to outlive this process; without it those are in memory, too. */
  readonly openDisk?: (shape: RecorderShape) => FrameStore;
  /** Groups or keys that one rule may keep, over all of its open windows. */
  readonly maxGroups: number;
  /** Sees each request after redaction and before all other rules. The view and its bytes are good until it returns. */
  readonly watch?: (view: RequestView, nowUnixNano: bigint) => void;
  /** What comes was recorded earlier, at whatever times: windows open for all of them, and close when all are flushed. */
  readonly recorded?: boolean;
  /** Nothing of what comes leaves this process: bodies are learnt as they come, before redaction, so that ids of templates are known from the first
   *  record on. `recorded` is one. */
  readonly isTrial?: boolean;
  /** What is learnt of bodies takes at most so much; the miner's own bounds without it. */
  readonly templateBounds?: MinerOptions;
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

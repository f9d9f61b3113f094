// What a dry run reads and what it tells. Plain data, fit for postMessage; times of records are Unix milliseconds.
import type { Result, Failure } from '../../base/index.ts';
import type { ClauseCount, ClausePart, FieldChange, Flow, GuardCount, GuardLook, MachineEvent, MachineKeyState } from '../../engine/index.ts';
import type { EmittedMetric, EmittedRecord, LanguageState, RequestedAction, ScriptError, VmModule } from '../../engine/language/index.ts';
import type { AgentRuleInput, RedactionAction, RedactionPlace, Signal } from '../../model/index.ts';
import type { Value } from '../../otlp/index.ts';
import type { CompiledRule } from '../types.ts';
import type { CpuEstimate } from './cpu-meter.ts';

/** One OTLP export request, protobuf. `sentAtMs` is the wall clock of the run when it comes. */
export interface DryRunRequest {
  readonly signal: Signal; readonly bytes: Uint8Array; readonly sentAtMs: number;
  /** The caller's own id of record `index`. Samples carry it. */
  readonly idOf?: (index: number) => number;
}

export interface DryRunOptions {
  readonly rule: CompiledRule;
  /** Deployed rules; those that run before the rule see every record first, and the rule sees what they leave. The rule's own id is left out. */
  readonly others?: readonly AgentRuleInput[];
  /** Id of the rule: among equal orders it says who comes first. Left out, the rule is not saved yet and comes last. */
  readonly ruleId?: string;
  /** Before-and-after samples wanted. */
  readonly maxSamples: number;
  /** Monotonic milliseconds, for the CPU estimate and the deadlines. */
  readonly now: () => number;
  /** Attributes of the agent that targets may ask for. */
  readonly agent?: Readonly<Record<string, Value>>;
  /** For a language rule, and for it alone: see NewVm. */
  readonly vm?: VmModule;
  /** Called before each call of a script, so that whoever watches knows that the one before it came back. */
  readonly beat?: () => void;
}

/** Feed every request, then `settle` until it says true, then take the result. */
export interface DryRun {
  feed(request: DryRunRequest): void;
  /** Collects the samples and measures CPU, until `now()` passes the deadline; true when done. */
  settle(deadline: number): boolean;
  result(): DryRunResult;
}
/** Errors: the rule cannot be run, as when it is deployed. */
export type CreateDryRun = (options: DryRunOptions) => Result<DryRun, Failure>;

/** A record with all its columns; Attributes and Resource apart. */
export interface DryRunRecord {
  /** The caller's, -1 when it gave none. */
  readonly id: number; readonly signal: Signal; readonly timeUnixNano: bigint; readonly severity: number; readonly severityText: string;
  readonly service: string; readonly durableId: string; readonly summary: string;
  readonly columns: Readonly<Record<string, Value>>; readonly attributes: Readonly<Record<string, Value>>; readonly resource: Readonly<Record<string, Value>>;
  /** Encoded size. */
  readonly bytes: number;
}

export interface DryRunSample {
  readonly kind: 'removed' | 'changed' | 'unchanged';
  readonly before: DryRunRecord;
  /** Null when it is gone. */
  readonly after: DryRunRecord | null;
  /** Secrets masked. */
  readonly changes: readonly FieldChange[];
  /** The record alone, as a request, before every rule: to explain it, or to make a test of it. */
  readonly request: Uint8Array;
}

export interface DryRunSeries {
  readonly name: string; readonly unit: string; readonly attributes: Readonly<Record<string, Value>>;
  /** `sum`: values of windows add up (counts and sums); `gauge`: they do not. */
  readonly kind: 'sum' | 'gauge';
  /** What past the bound on groups is counted together. */
  readonly overflow: boolean;
  /** Oldest first. */
  readonly points: readonly DryRunWindow[];
  readonly total: number;
}
/** One window of a series: the interval that the point the agent would send covers, Unix milliseconds. */
export interface DryRunWindow {
  readonly startMs: number; readonly endMs: number; readonly value: number;
  /** All of the window lies within the records at hand; else it would still have grown, or began before them. */
  readonly whole: boolean;
}
/** A window over all series, also those that are not listed. */
export interface DryRunTotal extends DryRunWindow { /** Series with a point in it. */ readonly series: number }
/** A point as the agent would send it: OTLP's startTimeUnixNano and timeUnixNano, the start and the end of its window. */
export interface DryRunPoint { readonly name: string; readonly unit: string; readonly startUnixNano: bigint; readonly timeUnixNano: bigint; readonly value: number; readonly attributes: Readonly<Record<string, Value>>; /** As of its window. */ readonly whole: boolean }

interface DryRunCommon {
  /** Records read; of the rule's signals, and not settled by a rule before it; null where there is no estimate. */
  readonly scanned: number; readonly reached: number;
  readonly bytesBefore: number;
  /** Of the records read; 0 when there were none. */
  readonly fromMs: number; readonly toMs: number;
  /** CPU time of the rule per record that reaches it, without what the pipeline costs with no rule, microseconds: measured apart, on
   *  this machine, over the newest records again and again. Null when too few records came to measure. */
  readonly cpu: CpuEstimate | null;
  /** Requests that were no OTLP, and records on which the rule failed. */
  readonly malformed: number; readonly errors: number;
  /** Why the rule did not run, or the last of its errors. */
  readonly error: string | null;
}

/** Records, and their bytes as whole export requests. */
export interface Volume { readonly records: number; readonly bytes: number }

/** Of a query, and of a redaction policy, which is one without conditions. */
export interface QueryDryRunResult extends DryRunCommon {
  readonly kind: 'query';
  /** Of the records that reached the rule. `removed` is the sum of `removedBy`. */
  readonly matched: number; readonly removed: number; readonly changed: number; readonly routed: number;
  readonly removedBy: Readonly<Record<string, number>>;
  /** Points and records that the rule made. */
  readonly emitted: number;
  readonly bytesAfter: number;
  /** What came less what left or was made; below zero where the rule makes more than it takes. */
  readonly saved: Readonly<Record<Signal, Volume>>;
  /** Records in and out of each operator, for the picture's bands. */
  readonly flow: Flow;
  readonly clauses: readonly ClauseCount[];
  readonly samples: readonly DryRunSample[];
  /** The first points as they came, and all of them as series, the largest first. */
  readonly metrics: readonly DryRunPoint[]; readonly series: readonly DryRunSeries[];
  /** Every window over all series, oldest first, bounded. */
  readonly windows: readonly DryRunTotal[];
  /** Series in all, those past the bound on groups counted as one; `seriesLeftOut` are not in `series`. */
  readonly groups: number; readonly groupBound: number; readonly seriesLeftOut: number;
  /** Records that went to the overflow group, and that came after their window had closed. */
  readonly overflowed: number; readonly late: number;
  /** What a redact rule or a policy found and what it did, the most frequent first; `hiddenLeftOut` findings had no room. */
  readonly hidden: readonly HiddenCount[]; readonly hiddenLeftOut: number;
  /** Why the rule would turn itself off over these records; null when it would not. */
  readonly breach: string | null;
}

/** Findings of one kind. `ignore`: seen and left in clear, because an entry says so. Never a value: `context` is masked. */
export interface HiddenCount { readonly detector: string; readonly key: string; readonly place: RedactionPlace; readonly action: RedactionAction; readonly count: number; readonly records: number; readonly context: string }

/** A record that came to a key's machine, or a timer of it that fired. */
export interface MachineStep {
  readonly cause: 'record' | 'timer';
  /** Null for a timer. `number` counts the records, from 1; in `summary` secrets are masked, in the fields they are not. */
  readonly record: { readonly number: number; readonly signal: Signal; readonly service: string; readonly name: string; readonly summary: string; readonly fields: Pick<DryRunRecord, 'columns' | 'attributes' | 'resource'> } | null;
  readonly key: string; readonly atUnixNano: bigint;
  /** State before and after; the same when it stays. */
  readonly from: string; readonly to: string;
  /** Which guard of `from` moved it, by number; null when none did or a timer fired. */
  readonly via: number | null;
  /** The guards of `from` as the record met them, taken apart. */
  readonly guards: readonly MachineGuard[];
  readonly events: readonly MachineEvent[];
  /** Why it moved; null when it stays. */
  readonly because: string | null;
  /** Records since the step before that did nothing and are no steps. */
  readonly passedOver: number;
}
export interface MachineGuard extends GuardLook { readonly said: ClausePart }

export interface MachineDryRunResult extends DryRunCommon {
  readonly kind: 'state-machine';
  /** What came, one after the other, and where it led; `passedOver` records after the last step are none. */
  readonly steps: readonly MachineStep[]; readonly passedOver: number;
  readonly transitions: number; readonly actions: number; readonly actionsNotRun: number; readonly keysEvicted: number;
  /** The first of them, in order. */
  readonly events: readonly MachineEvent[];
  readonly guards: readonly GuardCount[];
  readonly keys: number;
  /** Where the first keys ended. */
  readonly states: readonly MachineKeyState[];
}

/** A call of the script that came to something. `number` counts the records that it got, from 1. */
export interface LanguageDryRunCall {
  readonly cause: 'record' | 'tick'; readonly atUnixNano: bigint; readonly number: number;
  /** Null for a tick; the request holds the record alone. */
  readonly record: DryRunRecord | null; readonly request: Uint8Array | null;
  readonly emit: readonly EmittedRecord[]; readonly metrics: readonly EmittedMetric[]; readonly actions: readonly RequestedAction[];
  readonly notRun: readonly { readonly action: string; readonly because: string }[];
  readonly logs: readonly string[]; readonly error: ScriptError | null;
}
/** One series: the sum of its calls, or the last value of a gauge. */
export interface LanguageDryRunMetric { readonly name: string; readonly unit: string; readonly kind: 'sum' | 'gauge'; readonly attributes: Readonly<Record<string, Value>>; readonly value: number; readonly calls: number }

export interface LanguageDryRunResult extends DryRunCommon {
  readonly kind: 'language';
  /** Records, values of metrics and actions that the script handed out; what of it was refused or cut. */
  readonly emitted: number; readonly points: number; readonly actions: number; readonly actionsNotRun: number; readonly refused: number; readonly cut: number;
  /** The first calls that came to something, and how many more did. */
  readonly calls: readonly LanguageDryRunCall[]; readonly callsLeftOut: number;
  /** The most frequent first; `pointsLeftOut` values had no room. */
  readonly metrics: readonly LanguageDryRunMetric[]; readonly pointsLeftOut: number;
  /** Why an agent would turn it off over these records; null when it would not. `leftOut` records came after that, or, when it is `tooSlow`,
   *  after the time that a dry run has. */
  readonly stop: string | null; readonly leftOut: number; readonly tooSlow: boolean;
  /** Seconds of long gaps without a tick. */
  readonly ticksLeftOut: number;
  /** What it keeps; null once it was stopped. */
  readonly state: LanguageState | null;
}

export type DryRunResult = QueryDryRunResult | MachineDryRunResult | LanguageDryRunResult;

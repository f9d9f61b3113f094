// What a language rule is given and what comes out of it: plain data on both sides of the sandbox.
import type { ActionName } from '../../model/index.ts';
import type { Value } from '../../otlp/index.ts';

/** Bounds of one rule. A tick is what QuickJS counts between two questions whether to go on: some 10,000 steps, 0.1 ms of plain code. */
export interface LanguageLimits {
  /** Ticks for one call of onRecord or onTick. */
  readonly callTicks: number;
  /** Ticks for the script itself, when it is loaded. */
  readonly loadTicks: number;
  /** Bytes that the rule's values may take, the script and the sandbox's own (some 0.5 MB) included. */
  readonly memoryBytes: number;
  /** Some 370 nested calls in 64 KiB. QuickJS counts its own stack; WebAssembly's, which the browser or Node sets, grows with it some ten times
   *  as fast. Past 96 KiB Chromium's workers end first, which breaks the sandbox instead of telling the script. */
  readonly stackBytes: number;
  /** Promise reactions that may run behind one call. */
  readonly jobs: number;
  /** Things that one call may hand out: records, metrics and action requests together. */
  readonly outputs: number;
  /** Characters of one record, or of one metric with its attributes, as JSON; and of all that one call hands out. */
  readonly outputChars: number;
  readonly callChars: number;
  readonly state: { readonly keys: number; readonly bytes: number; readonly keyChars: number; readonly valueChars: number };
  /** Lines of weir.log per call, and characters of one. */
  readonly logLines: number;
  readonly logChars: number;
}

export const defaultLanguageLimits: LanguageLimits = {
  callTicks: 100, loadTicks: 200, memoryBytes: 8 * 2 ** 20, stackBytes: 64 * 1024, jobs: 1000, outputs: 100, outputChars: 65_536, callChars: 262_144,
  state: { keys: 10_000, bytes: 2 ** 20, keyChars: 256, valueChars: 16_384 }, logLines: 20, logChars: 1000,
};

export interface ActionBounds {
  /** So many in any `perMs`, and `cooldownMs` between two of one kind. */
  readonly actions: number;
  readonly perMs: number;
  readonly cooldownMs: number;
}

/** A log record that a rule made; `resource` of the call says whose it is. */
export interface EmittedRecord { readonly eventName: string; readonly body: Value; readonly severityNumber: number; readonly attributes: Readonly<Record<string, Value>> }
export interface EmittedMetric { readonly name: string; readonly value: number; readonly unit: string; readonly kind: 'sum' | 'gauge'; readonly attributes: Readonly<Record<string, Value>> }
/** Checked against `actionParameters` and within the rule's limits. */
export interface RequestedAction { readonly action: ActionName; readonly parameters: Readonly<Record<string, unknown>> }

/** Where in the script, from 1; null where nobody can say. */
export interface ScriptError { readonly message: string; readonly line: number | null; readonly column: number | null }

/** What ends a rule, whatever else it did. */
export const stopKinds = ['instructions', 'memory', 'stack', 'jobs', 'tamper', 'time', 'cpu', 'errors', 'load', 'broken'] as const;
export type StopKind = (typeof stopKinds)[number];
export interface LanguageStop { readonly kind: StopKind; readonly reason: string }

/** What one call did. */
export interface LanguageOutputs {
  /** The record's time, or the tick's: the clock that the script saw. */
  readonly atUnixNano: bigint;
  /** Attributes of the record's resource; null for a tick. */
  readonly resource: Readonly<Record<string, Value>> | null;
  readonly emit: readonly EmittedRecord[];
  readonly metrics: readonly EmittedMetric[];
  readonly actions: readonly RequestedAction[];
  /** Action requests that were turned down, and why. */
  readonly notRun: readonly { readonly action: string; readonly because: string }[];
  readonly logs: readonly string[];
  /** Uncaught in the script, or something it handed out that is no record or metric. What came before counts. */
  readonly error: ScriptError | null;
  /** Records and metrics that were malformed, and values in others that were cut to their bounds. */
  readonly refused: number;
  readonly cut: number;
  /** Characters of all that it handed out, as JSON. */
  readonly chars: number;
  /** Set once: the rule must not run again. */
  readonly stop: LanguageStop | null;
}

export interface LanguageState { readonly keys: number; readonly bytes: number; /** Keys that went for want of room. */ readonly evicted: number }

export interface LanguageRuleOptions {
  readonly name: string;
  readonly javascript: string;
  readonly actions: ActionBounds;
  readonly limits?: Partial<LanguageLimits>;
  /** Whether weir.log is kept: in a dry run. */
  readonly logs?: boolean;
}

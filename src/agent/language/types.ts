// The host of language rules as the agent uses it.
import type { Clock } from '../../base/index.ts';
import type { ActionBounds, LanguageLimits, LanguageOutputs, LanguageStop } from '../../engine/language/index.ts';
import type { RuleMode } from '../../model/index.ts';

export interface HostRule {
  readonly id: string;
  readonly name: string;
  /** Version and deployment, say: a rule with the same id and revision keeps its state, its counts, and its being off. */
  readonly revision: string;
  readonly javascript: string;
  readonly actions: ActionBounds;
  /** In shadow it starts nothing, and what it would have started counts for no other revision. Live unless said otherwise. */
  readonly mode?: RuleMode;
  /** Share of one core, 0 to 1. Past it the rule misses records for the rest of the second. */
  readonly cpuShare: number;
  readonly limits?: Partial<LanguageLimits>;
}

/** Which records of a request a rule is to see: ordinals in ascending order, null for all. */
export interface Want { readonly rule: string; readonly records: Uint32Array | null }

export interface HostLimits {
  /** Wall clock for one call, and for loading one script, before the thread is ended. */
  readonly callMs: number;
  readonly loadMs: number;
  /** What waits for the thread, and what is with it. */
  readonly queueBytes: number;
  readonly queueRecords: number;
  /** Ticks of QuickJS per rule and second (see LanguageLimits). */
  readonly ticksPerSecond: number;
  /** Seconds in a row that a rule may be past its CPU or ticks, before it is turned off. */
  readonly overSeconds: number;
  /** Calls in a row that may end in an error. */
  readonly errorsInARow: number;
  /** Records, metrics and actions that a rule may hand out in a second, and their characters as JSON. */
  readonly outputsPerSecond: number;
  readonly outputCharsPerSecond: number;
}

export const defaultHostLimits: HostLimits = {
  callMs: 250, loadMs: 1000, queueBytes: 8 * 2 ** 20, queueRecords: 20_000, ticksPerSecond: 2000, overSeconds: 5, errorsInARow: 100, outputsPerSecond: 1000, outputCharsPerSecond: 2 ** 20,
};

/** An action of these outputs was not started after all: it no longer counts against the rule's limits. */
export type GiveBack = (action: string) => void;

export interface HostOptions {
  readonly clock: Clock;
  /** What a rule's call handed out; a call that came to nothing but an error is only counted. Actions are within the rule's limits by the agent's clock, too. */
  readonly onOutputs: (rule: HostRule, outputs: LanguageOutputs, giveBack: GiveBack) => void;
  /** Once per revision. */
  readonly onDisabled: (rule: HostRule, stop: LanguageStop) => void;
  /** The thread ended and another begins: these rules begin with an empty state. */
  readonly onRestart?: (rules: readonly HostRule[], why: string) => void;
  readonly limits?: Partial<HostLimits>;
}

export interface LanguageStats {
  readonly id: string;
  readonly name: string;
  /** Calls of onRecord that came to an end. */
  readonly records: number;
  /** Records that it should have seen and did not: no room in the queue, past its budget, or lost with the thread. */
  readonly skipped: number;
  readonly errors: number;
  readonly lastError: string | null;
  readonly cpuMs: number;
  readonly ticks: number;
  readonly stateKeys: number;
  readonly stateBytes: number;
  readonly stateEvicted: number;
  /** How often its state was lost with the thread. */
  readonly stateLost: number;
  readonly emitted: number;
  readonly metrics: number;
  readonly actions: number;
  readonly actionsNotRun: number;
  /** Malformed, or past outputsPerSecond. */
  readonly refused: number;
  readonly cut: number;
  /** Seconds in which it went past its budget. */
  readonly overSeconds: number;
  readonly disabled: LanguageStop | null;
}

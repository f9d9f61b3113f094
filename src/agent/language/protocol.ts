// What travels between the host and its worker thread; plain data for structured clone, request bytes transferred.
import type { LanguageOutputs, LanguageState, LanguageStop } from '../../engine/language/index.ts';
import type { Signal } from '../../model/index.ts';
import type { HostLimits, HostRule } from './types.ts';

/** `number` names one revision of one rule for as long as the host lives. */
export interface NumberedRule { readonly number: number; readonly rule: HostRule }

export interface Batch { readonly id: number; readonly signal: Signal; readonly bytes: Uint8Array; readonly wants: readonly { readonly number: number; readonly records: Uint32Array | null }[] }

export type ToWorker =
  | { readonly kind: 'rules'; readonly rules: readonly NumberedRule[] }
  | { readonly kind: 'batch'; readonly batch: Batch }
  | { readonly kind: 'tick'; readonly unixNano: bigint };

/** What one rule did since it was last told of. */
export interface RuleDelta {
  readonly number: number;
  readonly records: number;
  readonly skipped: number;
  readonly errors: number;
  readonly lastError: string | null;
  readonly cpuMs: number;
  readonly ticks: number;
  readonly refused: number;
  readonly overSeconds: number;
  /** Null when it has not been looked at. */
  readonly state: LanguageState | null;
  readonly outputs: readonly LanguageOutputs[];
  readonly stop: LanguageStop | null;
}

/** One for each message to the worker, in order. */
export interface FromWorker { readonly kind: ToWorker['kind']; readonly batch: number | null; readonly rules: readonly RuleDelta[] }

export interface WorkerSetup { readonly progress: SharedArrayBuffer; readonly limits: HostLimits }

/** Places in `progress`, 32-bit integers: the number of the rule at work (0: none), a count of calls begun, and whether this one loads a script. */
export const progressPlaces = { rule: 0, call: 1, loading: 2, length: 3 } as const;

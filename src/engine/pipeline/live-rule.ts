// One deployed rule on its way through the pipeline: its counters, and per signal what to run on a record.
import type { Sink } from '../../kql/index.ts';
import type { RuleStats } from '../../model/index.ts';
import type { RuleMeter } from '../budget/index.ts';
import type { Step } from '../record/index.ts';
import type { Batch } from './batch.ts';
import type { Indexed, RuleKeys } from './dispatch/index.ts';

/** The counters of model/control.ts, changed in place. `late`: records that came after their window had closed. */
export type Counters = { -readonly [K in keyof RuleStats]: RuleStats[K] } & { bytesMade: number; bytesShortened: number };

export const newCounters = (id: string, version: number): Counters => ({ id, version, matched: 0, removed: 0, changed: 0, emitted: 0, errors: 0, cpuMs: 0, bytesRemoved: 0, bytesMade: 0, bytesShortened: 0, lastError: null });

/** What a sink did with a record: it goes on to the next rule, or it is settled. */
export const passOn = false;
export const settled = true;

/** A sink: applied to record `index` after the rule's steps let it through. Returns whether later rules are done with it. */
export type Effect = (batch: Batch, index: number) => boolean;

/** Counts that the rule could not be run on a record, and keeps why. */
export function noteError(counters: Counters, error: unknown): void {
  counters.errors++;
  counters.lastError = error instanceof Error ? error.message : String(error);
}

export interface SignalRule extends Indexed {
  readonly counters: Counters;
  readonly meter: RuleMeter;
  readonly sink: Sink['sink'];
  readonly keys: RuleKeys;
  readonly steps: Step;
  readonly effect: Effect;
  /** What happens to a record that the rule could not be run on; it passes as it is when this is left out. */
  readonly onError?: (batch: Batch, index: number) => void;
  /** The sink writes to records. */
  readonly changes: boolean;
  /** Of a redact rule that names ids of templates: what `nameHashes` are by what these stand for now. */
  readonly hashesNow?: () => readonly number[] | null;
  /** It may change what rules are found by (the name). */
  readonly renames: boolean;
}

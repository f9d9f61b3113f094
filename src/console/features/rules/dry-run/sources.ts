// Where a dry run's records come from.
import type { TelemetrySource } from '../../../workers/rules/index.ts';

export type DryRunSource =
  /** All that the dry run's tail holds. */
  | { readonly kind: 'tail' }
  /** Its records of a time range, Unix milliseconds; `toMs` null: up to the newest, whenever it runs. */
  | { readonly kind: 'range'; readonly fromMs: number; readonly toMs: number | null }
  /** A file or a pasted text, held by the worker. */
  | { readonly kind: 'records'; readonly source: TelemetrySource };

export const liveTail: DryRunSource = { kind: 'tail' };
export const isLive = (source: DryRunSource): boolean => source.kind !== 'records';

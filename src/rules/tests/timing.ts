// When each given record of a test comes: at its `at`, else one millisecond after the one before it.
import { failure, ok, type Failure, type Result } from '../../base/index.ts';
import { durationText } from '../../model/index.ts';
import { durationNanos } from '../document/index.ts';
import type { ColumnRecord } from './encode-records.ts';

/** Tests begin at 2026-01-01T00:00:00Z, so that `bin(Timestamp, …)` gives the same every time. */
export const testStartUnixNano = 1_767_225_600_000_000_000n;

export interface TimedRecord { readonly record: ColumnRecord; readonly atUnixNano: bigint; /** `at` alone: only time passes. */ readonly isPause: boolean }

/** In the order given; `at` never goes back. Error `rule.test-record`. */
export function timed(given: readonly ColumnRecord[]): Result<readonly TimedRecord[], Failure> {
  const records: TimedRecord[] = [];
  let now = testStartUnixNano;
  for (const [index, record] of given.entries()) {
    const { at } = record;
    if (at !== undefined && !(typeof at === 'string' && durationText.safeParse(at).success)) return failure('rule.test-record', `given ${index + 1}: at is a time since the start of the test such as 35s, not ${JSON.stringify(at)}.`);
    const next = typeof at === 'string' ? testStartUnixNano + durationNanos(at) : index === 0 ? now : now + 1_000_000n;
    if (next < now) return failure('rule.test-record', `given ${index + 1}: at ${String(at)} lies before the record above it.`, 'Put the records in the order of their times.');
    now = next;
    records.push({ record, atUnixNano: now, isPause: Object.keys(record).length === 1 && at !== undefined });
  }
  return ok(records);
}

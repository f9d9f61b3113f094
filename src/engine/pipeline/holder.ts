// What a rule keeps between requests: open windows of metrics, records held by dedup. Counted, bounded, handed over in time.
import type { MetricPoint } from '../../otlp/index.ts';
import type { OutBatch } from '../types.ts';

export interface Released {
  readonly points: readonly MetricPoint[];
  readonly batches: readonly OutBatch[];
  /** Points and records that were made, whether or not anybody gets them. */
  readonly made: number;
  /** Length of all windows that closed, milliseconds; 0 when none did. */
  readonly windowMs: number;
}

export interface Holder {
  /** Records that are only here: removed from the stream, handed over to nobody yet. They are lost if the process dies. */
  readonly held: number;
  /** Groups or keys that are open, and about the bytes that they take. */
  readonly groups: number;
  readonly bytes: number;
  /** In all: records for which there was no room of their own, and records that came after their window had closed. */
  readonly overflowed: number;
  readonly late: number;
  /** What is due at `nowUnixNano`, the wall clock, oldest first; everything when `all`. */
  release(nowUnixNano: bigint, all: boolean): Released;
}

/** Keys of a state machine: it holds no record, and hands nothing over. */
export const netHolder = (machine: { readonly instances: number; readonly bytes: number }): Holder => ({
  held: 0, overflowed: 0, late: 0, get groups() { return machine.instances; }, get bytes() { return machine.bytes; },
  release: () => ({ points: [], batches: [], made: 0, windowMs: 0 }),
});

export interface HeldState { readonly groups: number; readonly stateBytes: number; readonly overflowed: number; readonly late: number }

export const stateOf = (holders: readonly Holder[]): HeldState => ({
  groups: sum(holders, (one) => one.groups), stateBytes: sum(holders, (one) => one.bytes), overflowed: sum(holders, (one) => one.overflowed), late: sum(holders, (one) => one.late),
});

export const heldBy = (holders: readonly Holder[]): number => sum(holders, (one) => one.held);

const sum = (holders: readonly Holder[], of: (holder: Holder) => number): number => holders.reduce((total, one) => total + of(one), 0);

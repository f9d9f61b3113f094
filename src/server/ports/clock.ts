// The machine's clock behind base's port, and the two readings of it that the BFF uses.
import type { Clock } from '../../base/index.ts';

export const systemClock: Clock = {
  // Microseconds are as fine as the wall clock gets here; the rest is zero.
  nowUnixNano: () => BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n,
  monotonicMs: () => performance.now(),
};

export const nowMs = (clock: Clock): number => Number(clock.nowUnixNano() / 1_000_000n);
export const isoTime = (unixMs: number): string => new Date(unixMs).toISOString();

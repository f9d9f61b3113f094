// The machine's clock behind base's port, and the two readings of it that the BFF uses.
import type { Clock } from '../../base/index.ts';

export const systemClock: Clock = {
  // Read anew each time, so that it follows when somebody sets the clock.
  nowUnixNano: () => BigInt(Date.now()) * 1_000_000n,
  monotonicMs: () => performance.now(),
};

export const nowMs = (clock: Clock): number => Number(clock.nowUnixNano() / 1_000_000n);
export const isoTime = (unixMs: number): string => new Date(unixMs).toISOString();

import type { Clock } from '../../base/index.ts';

/** The machine's own clocks. The wall clock is read anew each time, so that it follows when somebody sets it. */
export const systemClock: Clock = {
  nowUnixNano: () => BigInt(Date.now()) * 1_000_000n,
  monotonicMs: () => performance.now(),
};

/** Milliseconds since the epoch, for status reports and HTTP dates. */
export const unixMs = (clock: Clock): number => Number(clock.nowUnixNano() / 1000n) / 1000;

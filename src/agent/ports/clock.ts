import type { Clock } from '../../base/index.ts';

/** The machine's own clocks. */
export const systemClock: Clock = {
  nowUnixNano: () => BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n,
  monotonicMs: () => performance.now(),
};

/** Milliseconds since the epoch, for status reports and HTTP dates. */
export const unixMs = (clock: Clock): number => Number(clock.nowUnixNano() / 1000n) / 1000;

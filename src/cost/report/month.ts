// The calendar month (UTC): what was measured of it so far, and with the rest at today's rate. Time that nobody measured is neither
// guessed nor hidden: `measuredSeconds` says how much of the month the first figure is about.
import type { CostReport } from '../../model/index.ts';
import { secondsPerMonth } from '../prices/index.ts';

/** What was measured in a stretch of time. */
export interface CostBucket {
  readonly startUnixMs: number;
  /** Measured seconds in it; 0 while an agent was away. */
  readonly seconds: number;
  /** Money a month at the rates of then: what left, and what rules took away. Null when nothing was measured. */
  readonly perMonth: number | null; readonly savedPerMonth: number | null;
}

/** @param currentPerMonth money a month at the rates of now */
export function monthSoFar(history: readonly CostBucket[], currentPerMonth: number, atUnixMs: number): CostReport['month'] {
  const { start, end } = calendarMonth(atUnixMs);
  let soFar = 0;
  let measuredSeconds = 0;
  for (const { startUnixMs, seconds, perMonth } of history) {
    if (perMonth === null || startUnixMs >= atUnixMs) continue;
    const within = (Math.min(startUnixMs + seconds * 1000, atUnixMs) - Math.max(startUnixMs, start)) / 1000;
    if (within <= 0) continue;
    measuredSeconds += within;
    soFar += (perMonth * within) / secondsPerMonth;
  }
  return { soFar, projected: soFar + (currentPerMonth * (end - atUnixMs)) / 1000 / secondsPerMonth, measuredSeconds };
}

/** Its first instant and the first after it, Unix milliseconds. */
export function calendarMonth(atUnixMs: number): { readonly start: number; readonly end: number } {
  const at = new Date(atUnixMs);
  return { start: Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1), end: Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1) };
}

// When to try again: exponential backoff with full jitter, and Retry-After as RFC 9110 section 10.2.3 writes it.
import type { Random } from '../ports/index.ts';

export interface Backoff { readonly baseMs: number; readonly capMs: number }

/** Full jitter: uniform in [0, base * 2^(failures-1)], at most `capMs`, and never below a tenth of the base. */
export function backoffMs(failures: number, { baseMs, capMs }: Backoff, random: Random): number {
  const ceiling = Math.min(capMs, baseMs * 2 ** Math.min(failures - 1, 30));
  return Math.max(baseMs / 10, random.fraction() * ceiling);
}

/** Ten minutes: no downstream may silence an agent for longer with one header. */
const maxRetryAfterMs = 600_000;

/** An HTTP date begins with the name of its day; `Date.parse` alone takes "-1" and "0.5" for years. */
const httpDate = /^[A-Z][a-z]+,? /;

/** Seconds or an HTTP date, as milliseconds from now; null when absent, unreadable or not ahead: then the backoff decides,
 *  so that "0" or a clock that differs cannot make the agent retry without a pause. */
export function retryAfterMs(header: string | null, nowUnixMs: number): number | null {
  const text = header?.trim() ?? '';
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : httpDate.test(text) ? Date.parse(text) - nowUnixMs : Number.NaN;
  return wait > 0 ? Math.min(maxRetryAfterMs, wait) : null;
}

/** The OTLP/HTTP specification's retryable answers; every other status is final. */
export const isRetryable = (status: number): boolean => status === 429 || status === 502 || status === 503 || status === 504;

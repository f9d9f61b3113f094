// How many secrets passed a line on an agent in a time, hidden or not: what all answers are summed from.
import type { MockBackend } from '../backend.ts';
import { noise } from '../shop.ts';
import { stoppedMs, type Cover } from './cover.ts';
import type { ShopSecret } from './shop-secrets.ts';

export interface Counts { readonly masked: number; readonly residual: number }
export const agentNames = ['shop-1', 'shop-2', 'payments-3'] as const;
/** The third agent of the mock fleet went away so long before the start. */
const awayMs = 252_000;

const minuteMs = 60_000;
const stepMs = 5000;

/** Per second on all agents at a moment. */
function rateAt(backend: MockBackend, secret: ShopSecret, t: number): number {
  const { startedMs } = backend;
  if (t < startedMs - secret.sinceMinutes * minuteMs) return 0;
  const inBurst = secret.burst !== null && t >= startedMs - secret.burst[0] * minuteMs && t < startedMs - secret.burst[1] * minuteMs;
  return secret.perSecond * (inBurst ? 7 : 1) * (1 + 0.25 * noise(secret.id.length + secret.detector.length, Math.floor(t / stepMs)));
}

/** From `from` to before `to`, on one agent. */
export function countsOn(backend: MockBackend, secret: ShopSecret, cover: Cover | null, agent: string, from: number, to: number): Counts {
  const until = agent === 'payments-3' ? Math.min(to, backend.startedMs - awayMs) : to;
  if (until <= from) return { masked: 0, residual: 0 };
  const all = rateAt(backend, secret, (from + until) / 2) * (secret.shares[agent] ?? 0) * (until - from) / 1000;
  const stop = stoppedMs(cover, agent);
  const end = Math.min(until, cover?.ended?.ms ?? Infinity);
  const hidden = stop === null ? 0 : Math.min(1, Math.max(0, (end - Math.max(from, stop)) / (until - from)));
  // What the independent scan does not know it does not see leave.
  return { masked: Math.round(all * hidden), residual: secret.formerly !== undefined ? 0 : Math.round(all * (1 - hidden)) };
}

export interface Range { readonly fromMs: number; readonly toMs: number; readonly bucketMs: number; readonly times: readonly number[] }

/** About sixty whole buckets that end now. */
export function rangeOf(nowMs: number, seconds: number): Range {
  const bucketMs = Math.max(5, Math.round(seconds / 60 / 5) * 5) * 1000;
  const toMs = Math.ceil(nowMs / bucketMs) * bucketMs;
  const count = Math.ceil(seconds * 1000 / bucketMs);
  const fromMs = toMs - count * bucketMs;
  return { fromMs, toMs, bucketMs, times: Array.from({ length: count }, (_, i) => fromMs + i * bucketMs) };
}

/** One agent's part, bucket by bucket; the last bucket goes to now. */
export const bucketsOn = (backend: MockBackend, secret: ShopSecret, cover: Cover | null, agent: string, { times, bucketMs }: Range): readonly Counts[] =>
  times.map(t => countsOn(backend, secret, cover, agent, t, Math.min(t + bucketMs, backend.clock())));

export const addCounts = (all: readonly Counts[]): Counts => all.reduce((sum, { masked, residual }) => ({ masked: sum.masked + masked, residual: sum.residual + residual }), { masked: 0, residual: 0 });

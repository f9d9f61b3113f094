// Two minutes of made-up log traffic, one request a second, in which every kind of saving is to be had. Seeded: the same each time.
import { encodeLogs, type LogInput, type Value } from '../../otlp/index.ts';

export const trafficSeconds = 120;
export const trafficStartUnixNano = BigInt(Date.UTC(2026, 0, 1, 10)) * 1_000_000n;

/** A small generator (mulberry32): 0 to 1. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function costTraffic(seed = 1): readonly Uint8Array[] {
  const chance = seeded(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(chance() * values.length)]!;
  const digits = (count: number): string => Array.from({ length: count }, () => Math.floor(chance() * 16).toString(16)).join('');
  const kinds: readonly { readonly perSecond: number; readonly make: () => Omit<LogInput, 'timeUnixNano'> }[] = [
    { perSecond: 40, make: () => record('CacheLookup', chance() < 0.7 ? 5 : 9, `key ${digits(12)} ${pick(['hit', 'miss'])}`, { 'cache.size': Math.floor(chance() * 1e6) }) },
    { perSecond: 30, make: () => record('HealthCheck', 9, 'health check passed', { 'check.name': pick(['db', 'queue']) }) },
    {
      perSecond: 50, make: () => record('RequestDone', chance() < 0.02 ? 17 : 9, `request ${digits(8)} done`, {
        'http.route': pick(['/', '/cart', '/pay', '/items/{id}']), 'http.request.method': pick(['GET', 'POST']), 'user_agent.original': `Mozilla/5.0 (${digits(60)}) ${'x'.repeat(80)}`, 'order.id': digits(16),
      }),
    },
    { perSecond: 20, make: () => ({ severityNumber: 9, body: `user ${digits(8)} logged in from 10.0.${Math.floor(chance() * 255)}.1`, attributes: { 'user.region': pick(['eu', 'us', 'ap']) } }) },
    { perSecond: 4, make: () => record('PayloadDump', 9, 'payload', { payload: 'p'.repeat(600 + Math.floor(chance() * 3000)), ...(chance() < 0.5 ? { note: digits(10) } : {}) }) },
  ];
  return Array.from({ length: trafficSeconds }, (_, at) => encodeLogs({ 'service.name': 'checkout' }, 'shop', kinds.flatMap(({ perSecond, make }) => Array.from({ length: perSecond }, (_one, i) => (
    { timeUnixNano: trafficStartUnixNano + BigInt(at) * 1_000_000_000n + BigInt(Math.floor((i * 1e9) / perSecond)), ...make() })))));
}

const record = (eventName: string, severityNumber: number, body: string, attributes: Readonly<Record<string, Value>>): Omit<LogInput, 'timeUnixNano'> => ({ eventName, severityNumber, body, attributes });

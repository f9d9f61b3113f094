// Traffic as services have it over a day, for the watch alone: rates that rise and fall with the day, what comes seldom, in clumps and by the
// clock. Reports every two seconds, made by hand; a day takes seconds.
import type { Drift, EventSeen } from '../../model/index.ts';
import { DriftWatch } from '../drift/index.ts';
import { SeenBook } from '../merge/index.ts';
import { startUnixMs } from './fleet.ts';

export interface SeasonEvent {
  readonly service: string;
  readonly name: string;
  /** Records a second at this time of the day. */
  readonly perSecond: (second: number, random: () => number) => number;
  readonly version?: string;
  readonly fields?: readonly string[];
}

const stepSeconds = 2;
const hour = 3600;
/** From 1 at night to 5 at noon. */
export const tide = (second: number): number => 3 - 2 * Math.cos((2 * Math.PI * second) / (24 * hour));

/** A day of a shop: what is frequent, what is seldom, jobs by the clock, errors in clumps. Nothing in it changes. */
export function shopDay(): SeasonEvent[] {
  return ['frontend', 'cart', 'checkout', 'payments'].flatMap((service, at): SeasonEvent[] => {
    const event = (name: string, perSecond: SeasonEvent['perSecond'], fields: readonly string[] = []): SeasonEvent => ({ service, name: `${service}.${name}`, perSecond, version: '1.0', fields });
    let clumpUntil = -1;
    return [
      event('request', (second) => 4 * tide(second), ['http.route', 'http.response.status_code']), event('detail', (second) => 1.5 * tide(second), ['order.id']), event('depth', () => 0.5),
      // Three an hour, one in twenty minutes by day, one an hour, one in five hours.
      event('retry', () => 3 / hour), event('expired', (second) => tide(second) / (3 * hour)), event('rotated', () => 1 / hour), event('odd', () => 1 / (5 * hour)),
      event('hourly', (second) => (second % hour >= 600 * (at + 1) && second % hour < 600 * (at + 1) + 20 ? 6 : 0), ['rows']),
      event('nightly', (second) => (second >= 9 * hour && second < 9 * hour + 45 ? 4 : 0), ['rows']),
      event('failed', (second, random) => { if (random() < stepSeconds / 2400) clumpUntil = second + 6; return second < clumpUntil ? 1.5 : 0; }, ['error.type']),
    ];
  });
}

export interface SeasonDrift extends Drift { readonly afterSeconds: number }

/** Plays so many seconds. `at`: what runs then, for what changes. */
export function playSeason(at: (second: number) => readonly SeasonEvent[], seconds: number, random: () => number): readonly SeasonDrift[] {
  const [book, watch] = [new SeenBook(), new DriftWatch(startUnixMs)];
  const seen = new Map<string, EventSeen>();
  const told: SeasonDrift[] = [];
  for (let second = 0; second < seconds; second += stepSeconds) {
    const now = startUnixMs + (second + stepSeconds) * 1000;
    const events = at(second).flatMap((event) => {
      const records = poisson(event.perSecond(second, random) * stepSeconds, random);
      return records === 0 ? [] : [count(seen, event, records, now)];
    });
    const report = { version: 1 as const, startedUnixMs: startUnixMs, atUnixMs: now, events, folded: { ids: 0, records: 0, bytes: 0 }, held: { events: 0, fields: 0, bytes: 0, templates: 0 }, waiting: 0 };
    for (const drift of [...watch.take(book.take('a', report, now), now), ...watch.tick(now)]) told.push({ ...drift, afterSeconds: second + stepSeconds });
  }
  return told;
}

function count(seen: Map<string, EventSeen>, { service, name, version = '', fields = [] }: SeasonEvent, records: number, now: number): EventSeen {
  const key = `${service} ${name}`;
  const before = seen.get(key);
  const all = (before?.records ?? 0) + records;
  const ofVersion = before?.versions[version];
  const event: EventSeen = {
    signal: 'logs', service, durableId: name, source: 'event-name', sourceLine: null, firstUnixMs: before?.firstUnixMs ?? now - 1000, lastUnixMs: now, records: all, bytes: all * 200, removedRecords: 0, removedBytes: 0,
    severities: { 9: { records: all, bytes: all * 200 } }, looked: all, lookedBytes: all * 200, foldedFields: { seen: 0, bytes: 0 },
    versions: { ...before?.versions, [version]: { records: (ofVersion?.records ?? 0) + records, bytes: 0, firstUnixMs: ofVersion?.firstUnixMs ?? now, lastUnixMs: now } },
    fields: fields.map((field) => ({ place: 'attribute' as const, key: field, types: { string: all }, bytes: all * 20, sketch: '', distinct: 3, examples: [], maxBytes: 10 })),
  };
  seen.set(key, event);
  return event;
}

/** So many came by chance, of which `mean` come on average. */
export function poisson(mean: number, random: () => number): number {
  let count = 0;
  for (let left = random(); left > Math.exp(-mean); left *= random()) count++;
  return count;
}

// What the watch tells, and what it costs. A day of a shop with the tides, jobs and clumps of errors that services have, in which nothing changes:
// every note is a false one. Changes put into it: how many are told, and after how many seconds. A tick over 100,000 events: the longest piece
// that it comes in, which is how long a server is held up at most. Prints one JSON line. `npm run bench -- drift`
import { cpus } from 'node:os';
import { playSeason, shopDay, type SeasonEvent } from '../testing/season.ts';
import { startUnixMs } from '../testing/fleet.ts';
import { SeenBook } from '../merge/index.ts';
import { seededRandom } from '../../redaction/index.ts';
import type { EventSeen } from '../../model/index.ts';
import { DriftWatch } from './drift-watch.ts';

const days = 3;
const trials = 10;
const changeAt = 1800;
const events = 100_000;
const goalPieceMs = 50;

const falseNotes: Record<string, number> = {};
for (let seed = 1; seed <= days; seed++) {
  const day = shopDay();
  for (const { kind } of playSeason(() => day, 24 * 3600, seededRandom(seed))) falseNotes[kind] = (falseNotes[kind] ?? 0) + 1;
}

/** The shop half an hour after the start, at night; then `change` is put in. */
function detection(kind: string, change: (event: SeasonEvent) => SeasonEvent[], forSeconds: number, isIt: (durableId: string) => boolean): { readonly told: string; readonly medianSeconds: number | null } {
  const after: number[] = [];
  for (let seed = 1; seed <= trials; seed++) {
    const [before, now] = [shopDay(), shopDay().flatMap(change)];
    const found = playSeason((second) => (second < changeAt ? before : now), changeAt + forSeconds, seededRandom(100 + seed)).find((one) => one.kind === kind && isIt(one.durableId));
    if (found !== undefined) after.push(found.afterSeconds - changeAt);
  }
  return { told: `${after.length} of ${trials}`, medianSeconds: after.sort((a, b) => a - b)[after.length >> 1] ?? null };
}
const of = (name: string, into: (event: SeasonEvent) => SeasonEvent[]) => (event: SeasonEvent): SeasonEvent[] => (event.name === name ? into(event) : [event]);
const detected = {
  newAfterDeployment: detection('new-event', (event) => (event.service !== 'cart' ? [event] : [{ ...event, version: '1.1' }, ...(event.name === 'cart.request' ? [{ service: 'cart', name: 'cart.split', version: '1.1', perSecond: () => 1 }] : [])]), 120, (id) => id === 'cart.split'),
  newWithoutDeployment: detection('new-event', of('cart.request', (event) => [event, { ...event, name: 'cart.split', perSecond: () => 1 }]), 300, (id) => id === 'cart.split'),
  renamed: detection('renamed', of('cart.detail', (event) => [{ ...event, name: 'cart_detail' }]), 120, (id) => id === 'cart_detail'),
  gone: detection('gone-event', of('cart.depth', () => []), 120, (id) => id === 'cart.depth'),
  step: detection('rate-step', of('cart.detail', (event) => [{ ...event, perSecond: (second, random) => 5 * event.perSecond(second, random) }]), 120, (id) => id === 'cart.detail'),
  slowRamp20In10Minutes: detection('rate-step', of('cart.detail', (event) => [{ ...event, perSecond: (second, random) => 20 ** Math.min(1, (second - changeAt) / 600) * event.perSecond(second, random) }]), 900, (id) => id === 'cart.detail'),
};

function seenAt(i: number, records: number, now: number): EventSeen {
  return {
    signal: 'logs', service: `s${i % 50}`, durableId: `event.${i}`, source: 'event-name', sourceLine: null, firstUnixMs: startUnixMs, lastUnixMs: now, records, bytes: records * 200, removedRecords: 0, removedBytes: 0,
    severities: { 9: { records, bytes: records * 200 } }, versions: { 1: { records, bytes: records * 200, firstUnixMs: startUnixMs, lastUnixMs: now } }, looked: records, lookedBytes: records * 200, foldedFields: { seen: 0, bytes: 0 },
    fields: Array.from({ length: 8 }, (_, field) => ({ place: 'attribute' as const, key: `field.${field}`, types: { string: records }, bytes: records * 20, sketch: '', distinct: 3, examples: [], maxBytes: 10 })),
  };
}

/** All of them active, a hundred agents with a thousand each; in the middle a thousand are renamed. */
function load(): { readonly longestPieceMs: number; readonly tickMs: number; readonly takeOfThousandMs: number } {
  const [book, watch] = [new SeenBook(), new DriftWatch(startUnixMs)];
  let [longest, ticks, whole, takes, taken] = [0, 0, 0, 0, 0];
  for (let step = 1; step <= 60; step++) {
    const now = startUnixMs + step * 2000;
    for (let agent = 0; agent < 100; agent++) {
      const seen = Array.from({ length: events / 100 }, (_, i) => seenAt(agent * 1000 + i + (step > 40 && agent === 0 ? events : 0), step, now));
      const started = performance.now();
      watch.take(book.take(String(agent), { version: 1, startedUnixMs: startUnixMs, atUnixMs: now, events: seen, folded: { ids: 0, records: 0, bytes: 0 }, held: { events: 0, fields: 0, bytes: 0, templates: 0 }, waiting: 0 }, now), now);
      if (step > 5) { takes += performance.now() - started; taken++; }
    }
    const pieces = watch.pieces(now);
    for (;;) {
      const started = performance.now();
      const piece = pieces.next();
      const tookMs = performance.now() - started;
      if (step > 5) { longest = Math.max(longest, tookMs); whole += tookMs; }
      if (piece.done === true) break;
    }
    if (step > 5) ticks++;
  }
  return { longestPieceMs: Number(longest.toFixed(1)), tickMs: Number((whole / ticks).toFixed(1)), takeOfThousandMs: Number((takes / taken).toFixed(1)) };
}
const cost = load();
console.log(JSON.stringify({ bench: 'drift', cpu: cpus()[0]?.model, falseNotesPerDay: Object.fromEntries(Object.entries(falseNotes).map(([kind, count]) => [kind, count / days])), newEventsGoal: 0, detected, events, ...cost, goalPieceMs, met: (falseNotes['new-event'] ?? 0) === 0 && cost.longestPieceMs <= goalPieceMs }));

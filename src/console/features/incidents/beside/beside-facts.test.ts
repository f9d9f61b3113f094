import { describe, expect, it } from 'vitest';
import type { Artifact } from '../../../../model/index.ts';
import { overlapOf, profileSpan } from './overlap.ts';
import { packetsIn } from './packet-time.ts';
import { openPair, openSpans, putOn, tellingPair } from './pair.ts';

const made = (id: string, kind: Artifact['kind'], format: Artifact['format'], at: number, more: Partial<Artifact> = {}) => ({ id, kind, format, state: 'stored', sensitive: false, rule: null, fromUnixMs: at, toUnixMs: at + 10, createdUnixMs: at, ...more }) as Artifact; // nothing else is read
const incident = { openedAt: new Date(1000).toISOString(), openedBy: { kind: 'net', name: 'stuck', rule: null } } as const;

describe('the most telling pair', () => {
  const far = made('far', 'cpu-profile', 'cpuprofile', 9000);
  const near = made('near', 'cpu-profile', 'cpuprofile', 1100);
  const recorder = made('rec', 'recorder', 'otlp-frames', 900);
  const heap = made('heap', 'heap-snapshot', 'heapsnapshot', 1000, { sensitive: true });
  it('is the profile and the recorder nearest to the opening; those of the net that opened it come first', () => {
    expect(tellingPair(incident, [far, near, recorder, heap])).toEqual({ left: 'near', right: 'rec' });
    expect(tellingPair(incident, [{ ...far, rule: 'stuck' }, near])).toEqual({ left: 'far', right: null });
  });
  it('never reads what is sensitive or not there yet by itself', () => {
    expect(tellingPair(incident, [heap, { ...near, state: 'uploading' }])).toEqual({ left: null, right: null });
    expect(tellingPair(incident, [heap, made('state', 'state', 'json', 1)])).toEqual({ left: 'state', right: null });
  });
  it('gives way to the address, and nothing is open twice', () => {
    const telling = { left: 'near', right: 'rec' };
    expect(openPair({}, telling)).toEqual(telling);
    expect(openPair({ left: 'rec' }, telling)).toEqual({ left: 'rec', right: null });
    expect(openPair({ right: 'none' }, telling)).toEqual({ left: 'near', right: null });
    expect(putOn(telling, 'left', 'rec')).toEqual({ left: 'rec', right: 'none' });
    expect(putOn(telling, 'right', null)).toEqual({ left: 'near', right: 'none' });
  });
});

it('spans on the axis are of what is open', () => expect(openSpans([made('a', 'recorder', 'otlp-frames', 5), made('b', 'heap-snapshot', 'heapsnapshot', 9, { fromUnixMs: null, toUnixMs: null })], { left: 'b', right: 'a' })).toEqual([{ side: 'left', name: undefined, fromMs: 9, toMs: 9 }, { side: 'right', name: undefined, fromMs: 5, toMs: 15 }]));

describe('a profile in a chosen time', () => {
  const facts = { fromUnixMs: 1000, toUnixMs: 3000, createdUnixMs: 3000 };
  it('is of the time that its file says, else its artifact', () => {
    expect(profileSpan({ startUnixMs: 500, durationNanos: 2e9 }, facts)).toEqual({ fromMs: 500, toMs: 2500 });
    expect(profileSpan({ startUnixMs: null, durationNanos: 1e9 }, facts)).toEqual({ fromMs: 1000, toMs: 2000 });
    expect(profileSpan({ startUnixMs: null, durationNanos: 1e9 }, { fromUnixMs: null, toUnixMs: null, createdUnixMs: 3000 })).toEqual({ fromMs: 2000, toMs: 3000 });
  });
  it('is narrowed to where both are, and never beyond its end', () => {
    const span = { fromMs: 1000, toMs: 3000 };
    expect(overlapOf(span, true, null)).toEqual({ kind: 'whole' });
    expect(overlapOf(span, true, { fromMs: 0, toMs: 4000 })).toEqual({ kind: 'whole' });
    expect(overlapOf(span, true, { fromMs: 2000, toMs: 9000 })).toEqual({ kind: 'part', fromNanos: 1e9, toNanos: 2e9 });
    expect(overlapOf(span, true, { fromMs: 0, toMs: 1500 })).toEqual({ kind: 'part', fromNanos: 0, toNanos: 5e8 });
    expect(overlapOf(span, true, { fromMs: 3001, toMs: 4000 })).toEqual({ kind: 'outside' });
    expect(overlapOf(span, false, { fromMs: 2000, toMs: 9000 })).toEqual({ kind: 'unknown' });
  });
});

it('packets of a time are found at both its ends', async () => {
  const times = [10, 20, 20, 30, 40];
  const client = { rows: async (from: number) => ({ rows: [{ timeMs: times[from] ?? null }] as never, matched: times.length }) };
  expect(await packetsIn(client, 5, { fromMs: 20, toMs: 30 })).toEqual({ from: 1, to: 4 });
  expect(await packetsIn(client, 5, { fromMs: 41, toMs: 50 })).toEqual({ from: 5, to: 5 });
  expect(await packetsIn(client, 5, null)).toEqual({ from: 0, to: 5 });
});

// A full scan is full, however slow the machine: what left waits its turn, and only what finds no room goes unscanned, and is counted.
import { expect, it } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import { encodeLogs } from '../../otlp/index.ts';
import { generators, KeyRing, seededRandom } from '../../redaction/index.ts';
import { ResidualWatch } from './index.ts';

const tokens = generators.find(({ detector }) => detector === 'github-token')!;
const random = seededRandom(8);
const token = (): string => tokens.positive(random).secret;
const oneToken = token();
const requestOf = (records: readonly { readonly eventName: string; readonly body: string }[]) => ({ signal: 'logs' as const, bytes: encodeLogs({ 'service.name': 'cart' }, '', records), records: records.length });
const leaking = (count: number, name: string) => requestOf(Array.from({ length: count }, (_, i) => ({ eventName: `${name}${i}`, body: `x ${token()}` })));

/** A machine on which 60 ms pass at each look at the clock, and on which what is put off happens when told to. */
function slowMachine() {
  const time = new ManualClock(1_700_000_000_000_000_000n);
  const clock = { nowUnixNano: () => time.nowUnixNano(), monotonicMs: () => { time.advanceMs(60); return time.monotonicMs(); } };
  const due: (() => void)[] = [];
  const rests: number[] = [];
  const later = (run: () => void, ms: number) => { due.push(run); rests.push(ms); return () => { due.splice(due.indexOf(run), 1); }; };
  const residual = new ResidualWatch({ clock, random: () => 0.5, later });
  const startMs = Number(time.nowUnixNano() / 1_000_000n);
  residual.fullUntilUnixMs = startMs + 1000;
  /** Runs slices until none is due; says how many. */
  const work = (): number => { let slices = 0; for (; due.length > 0; slices++) due.shift()!(); return slices; };
  return { residual, time, work, rests, startMs, due };
}

it('looks at all that left during it, though each record takes far too long, and after its end', () => {
  const { residual, work, rests, time } = slowMachine();
  for (let i = 0; i < 15; i++) residual.look('out', leaking(15, `E${i}-`));
  expect(residual.take()).toMatchObject({ residual: [], scanned: { records: 0, ofRecords: 225, full: true, waiting: 225 } });
  expect(work()).toBeGreaterThan(225);
  expect(Number(time.nowUnixNano() / 1_000_000n)).toBeGreaterThan(residual.fullUntilUnixMs);
  const { residual: cells, scanned } = residual.take();
  expect([cells.length, scanned.records, scanned.ofRecords, scanned.waiting]).toEqual([225, 225, 0, 0]);
  expect(Math.max(...rests)).toBeLessThan(100);
});

it('lets everything else have its turn between two texts', () => {
  const { residual, work, due } = slowMachine();
  residual.look('out', leaking(3, 'E'));
  due.shift()!();
  expect(residual.take().scanned).toMatchObject({ records: 0, waiting: 3 });
  expect(work()).toBeGreaterThan(3);
});

it('tells when it left, not when it was scanned', () => {
  const { residual, work, startMs } = slowMachine();
  residual.look('out', leaking(20, 'E'));
  work();
  const { residual: cells } = residual.take();
  expect(cells.map(({ firstUnixMs, lastUnixMs }) => [firstUnixMs, lastUnixMs])).toEqual(cells.map(() => [startMs, startMs]));
});

it('counts what finds no room, and does not call that full', () => {
  const { residual, work } = slowMachine();
  const large = requestOf([{ eventName: 'E', body: 'calm '.repeat(1_000_000) }]);
  for (let i = 0; i < 5; i++) residual.look('out', { ...large, records: 1 });
  const { scanned } = residual.take();
  expect(scanned, 'three wait, the sample took one').toMatchObject({ records: 1, ofRecords: 5, full: false, waiting: 3 });
  work();
  expect(residual.take().scanned).toMatchObject({ records: 3, ofRecords: 0, waiting: 0 });
});

it('keeps a copy: the bytes may be used again', () => {
  const { residual, work } = slowMachine();
  const { bytes, ...rest } = leaking(2, 'E');
  const pooled = Buffer.from(bytes);
  residual.look('out', { ...rest, bytes: pooled });
  pooled.fill(0);
  work();
  expect(residual.take().residual).toHaveLength(2);
});

it('drops what waits when the agent stops, and takes nothing more', () => {
  const { residual, due } = slowMachine();
  residual.look('out', leaking(2, 'E'));
  residual.stop();
  residual.look('out', leaking(2, 'E'));
  expect(due).toEqual([]);
  expect(residual.take().scanned).toMatchObject({ ofRecords: 4, waiting: 0, full: false });
});

it('gives a value one fingerprint wherever it leaks, and none without a key', () => {
  const { residual, work } = slowMachine();
  residual.look('out', requestOf([{ eventName: 'A', body: oneToken }]));
  work();
  expect(residual.take().residual[0]).not.toHaveProperty('fingerprints');
  const keys = new KeyRing(new Uint8Array(32).fill(7), 'p');
  residual.useKeys(keys);
  residual.fullUntilUnixMs = Infinity;
  residual.look('out', requestOf([{ eventName: 'A', body: oneToken }, { eventName: 'A', body: `again ${oneToken}` }, { eventName: 'A', body: token() }, { eventName: 'B', body: `b ${oneToken}` }]));
  work();
  const { residual: cells } = residual.take();
  const [a, b] = ['A', 'B'].map((name) => cells.find(({ durableId }) => durableId === name)!);
  const value = Buffer.from(oneToken);
  expect(b!.fingerprints).toEqual([keys.fingerprint(value, 0, value.length)]);
  expect([a!.fingerprints!.length, a!.fingerprints!.includes(b!.fingerprints![0]!), a!.moreDistinct]).toEqual([2, true, false]);
});

it('keeps fingerprints within the bound of the ledger, and of one period', () => {
  const { residual, work } = slowMachine();
  const keys = new KeyRing(new Uint8Array(32).fill(7), 'p');
  residual.useKeys(keys);
  residual.fullUntilUnixMs = Infinity;
  residual.look('out', requestOf(Array.from({ length: 70 }, () => ({ eventName: 'A', body: token() }))));
  work();
  expect(residual.take().residual.map(({ fingerprints, moreDistinct }) => [fingerprints!.length, moreDistinct])).toEqual([[64, true]]);
  residual.look('out', requestOf([{ eventName: 'A', body: oneToken }]));
  work();
  keys.replace(new Uint8Array(32).fill(9), 'q');
  expect(residual.take().residual.map(({ fingerprints, moreDistinct }) => [fingerprints, moreDistinct])).toEqual([[[], true]]);
});

// What leaves is looked at apart from the rules: places and counts are told, values never.
import { expect, it } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import { encodeLogs } from '../../otlp/index.ts';
import { ResidualWatch } from './index.ts';

const clock = new ManualClock(1_700_000_000_000_000_000n);
const watch = (options: { random?: () => number; msPerSecond?: number } = {}): ResidualWatch => new ResidualWatch({ clock, random: () => 0, ...options });
/** Right in form, made here: nothing that anybody issued. */
const tokenOf = (seed: number): string => `ghp_${Array.from({ length: 36 }, (_, i) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'[(seed * 7 + i * 11 + i * i) % 62]).join('')}`;
const token = tokenOf(1);
const batchOf = (bytes: Uint8Array, records = 1) => ({ signal: 'logs' as const, bytes, records });

it('tells where a token left, how often, and by which exporter', () => {
  const residual = watch();
  const record = { eventName: 'SyncFailed', body: `sync failed with ${token} at 12`, attributes: { 'code.file.path': 'src/sync.ts', 'code.line.number': 14, 'url.full': `https://bot:${token}@git.example/x` } };
  residual.look('archive', batchOf(encodeLogs({ 'service.name': 'cart' }, '', [record, record]), 2));
  const { residual: cells, scanned } = residual.take();
  expect(cells.map(({ exporter, service, durableId, source, place, key, detector, count, records }) => ({ exporter, service, durableId, source, place, key, detector, count, records }))).toEqual(expect.arrayContaining([
    { exporter: 'archive', service: 'cart', durableId: 'SyncFailed', source: 'src/sync.ts:14', place: 'body', key: 'body', detector: 'github-token', count: 2, records: 2 },
    { exporter: 'archive', service: 'cart', durableId: 'SyncFailed', source: 'src/sync.ts:14', place: 'attribute', key: 'url.full', detector: 'github-token', count: 2, records: 2 },
  ]));
  expect(scanned.ofRecords).toBe(2);
  expect(scanned.records).toBe(2);
  expect(cells.find((cell) => cell.place === 'body')!.context).toBe('sync failed with •••• at 12');
  expect(residual.take().residual).toEqual([]);
});

it('never tells a value, wherever it stands', () => {
  const residual = watch();
  const secrets = [1, 2, 3, 4, 5, 6].map(tokenOf);
  residual.look('default', batchOf(encodeLogs({ 'service.name': `svc ${secrets[0]}`, other: secrets[1]! }, '', [
    { eventName: `Event ${secrets[2]}`, body: `a ${secrets[3]} b ${secrets[3]} and anna.b@shop.example`, attributes: { [`key ${secrets[4]}`]: 1, password: secrets[5]! } },
  ])));
  const { residual: cells } = residual.take();
  expect(cells.length).toBeGreaterThanOrEqual(6);
  const told = JSON.stringify(cells);
  for (const secret of [...secrets, 'anna.b@shop.example']) expect(told).not.toContain(secret);
});

it('finds nothing in what was masked or hashed', () => {
  const residual = watch();
  residual.look('default', batchOf(encodeLogs({ 'service.name': 'cart' }, '', [{ body: 'login password=•••• by email#0123456789abcdef with ghp_••••', attributes: { password: '••••', token: 'github-token#0123456789abcdef' } }])));
  expect(residual.take().residual).toEqual([]);
});

it('says how much it looked at when it looks at a share', () => {
  const slow = { nowUnixNano: () => clock.nowUnixNano(), monotonicMs: () => { clock.advanceMs(50); return clock.monotonicMs(); } };
  const residual = new ResidualWatch({ clock: slow, random: () => 0.5, msPerSecond: 10 });
  const bytes = encodeLogs({}, '', [{ body: `x ${token}` }]);
  residual.look('default', batchOf(bytes));
  expect(residual.take().scanned).toMatchObject({ bytes: bytes.length, ofBytes: bytes.length, records: 1, ofRecords: 1 });
  residual.second();
  residual.look('default', batchOf(bytes));
  const { residual: cells, scanned } = residual.take();
  expect([cells.length, scanned.bytes, scanned.ofBytes, scanned.records, scanned.ofRecords]).toEqual([0, 0, bytes.length, 0, 1]);
});

it('stops in a batch that takes long, wherever it began, and counts what it looked at alone', () => {
  const slow = { nowUnixNano: () => clock.nowUnixNano(), monotonicMs: () => { clock.advanceMs(5); return clock.monotonicMs(); } };
  const residual = new ResidualWatch({ clock: slow, random: () => 0.5 });
  residual.look('default', batchOf(encodeLogs({}, '', Array.from({ length: 100 }, (_, i) => ({ eventName: `E${i}`, body: `x ${token}` }))), 100));
  const { residual: cells, scanned } = residual.take();
  expect(scanned.ofRecords).toBe(100);
  expect(scanned.records).toBeLessThan(20);
  expect(cells.map(({ durableId }) => durableId)).toEqual(Array.from({ length: scanned.records }, (_, i) => `E${50 + i}`));
});

it('looks at everything during a full scan, when a share is looked at else', () => {
  let ticks = 0;
  const slow = { nowUnixNano: () => clock.nowUnixNano(), monotonicMs: () => (ticks += 5) };
  const due: (() => void)[] = [];
  const residual = new ResidualWatch({ clock: slow, random: () => 0.99, msPerSecond: 1, later: (run) => { due.push(run); return () => {}; } });
  const bytes = encodeLogs({}, '', [{ body: `x ${token}` }]);
  residual.look('default', batchOf(bytes));
  residual.second();
  residual.take();
  residual.look('default', batchOf(bytes));
  expect(residual.take()).toMatchObject({ residual: [], scanned: { records: 0, ofRecords: 1, full: false } });
  residual.fullUntilUnixMs = Number(clock.nowUnixNano() / 1_000_000n) + 1000;
  residual.look('default', batchOf(bytes));
  while (due.length > 0) due.shift()!();
  const { residual: cells, scanned } = residual.take();
  expect([cells.length, scanned.records, scanned.full]).toEqual([1, 1, true]);
});

it('counts what has no room', () => {
  const residual = watch({ random: () => 0 });
  residual.look('default', batchOf(encodeLogs({}, '', Array.from({ length: 2100 }, (_, i) => ({ eventName: `E${i}`, body: `x ${token}` })))));
  const { residual: cells, overflow } = residual.take();
  expect([cells.length, overflow]).toEqual([2000, 100]);
});

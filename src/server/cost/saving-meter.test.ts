import { expect, test } from 'vitest';
import type { RuleStats } from '../../model/index.ts';
import { ruleStats, statusReport } from '../testing/status.ts';
import { SavingMeter } from './saving-meter.ts';

const wanted = new Set(['r']);
const after = (meter: SavingMeter, agent: string, seconds: number, perSecond: number, more: Partial<RuleStats> = {}, startedUnixMs = 0): void => {
  const removed = perSecond * seconds;
  meter.note(agent, statusReport(seconds * 1000, { startedUnixMs, rules: [ruleStats('r', { deployment: 1, matched: removed, removed, bytesRemoved: removed * 100, ...more })] }), wanted, seconds * 1000);
};

test('adds what agents take away, each over its own time', () => {
  const meter = new SavingMeter();
  for (let second = 0; second <= 60; second++) { after(meter, 'a', second, 10); if (second >= 30) after(meter, 'b', second, 5); }
  const reading = meter.read('r', 60_000)!;
  expect(reading.seconds).toBe(60);
  expect(reading.removed / reading.seconds).toBeCloseTo(15, 9);
  expect(reading.bytesRemoved / reading.seconds).toBeCloseTo(1500, 9);
});

test('over the last five minutes at the most, and of agents that are there', () => {
  const meter = new SavingMeter();
  for (let second = 0; second <= 600; second++) after(meter, 'a', second, 10);
  expect(meter.read('r', 600_000)!.seconds).toBeLessThanOrEqual(310);
  expect(meter.read('r', 620_000)).toBeNull();
});

test('a restart or another deployment begins anew', () => {
  const meter = new SavingMeter();
  for (let second = 0; second <= 20; second++) after(meter, 'a', second, 10);
  after(meter, 'a', 21, 10, {}, 5);
  expect(meter.read('r', 21_000)).toBeNull();
  after(meter, 'a', 22, 10, { deployment: 2 }, 5);
  expect(meter.read('r', 22_000)).toBeNull();
});

test('bytes that rules made are told when every agent tells them', () => {
  const meter = new SavingMeter();
  for (const second of [0, 10]) { after(meter, 'a', second, 1, { bytesMade: second * 7 }); after(meter, 'b', second, 1); }
  expect(meter.read('r', 10_000)!.bytesMade).toBeUndefined();
  const told = new SavingMeter();
  for (const second of [0, 10]) after(told, 'a', second, 1, { bytesMade: second * 7 });
  expect(told.read('r', 10_000)!.bytesMade).toBe(70);
});

test('rules that are gone take no room', () => {
  const meter = new SavingMeter();
  for (const second of [0, 10]) after(meter, 'a', second, 1);
  meter.keep(new Set());
  expect(meter.read('r', 10_000)).toBeNull();
});

test.each([['back', -600_000], ['forward', 3_600_000]])('an agent whose clock is put %s is measured anew', (_, byMs) => {
  const meter = new SavingMeter();
  const report = (second: number, offMs: number): void => { meter.note('a', statusReport(second * 1000 + offMs, { rules: [ruleStats('r', { deployment: 1, matched: second * 100, removed: second * 100 })] }), wanted, second * 1000); };
  for (let second = 1000; second < 1060; second++) report(second, 0);
  for (let second = 1060; second < 1700; second++) {
    report(second, byMs);
    const reading = meter.read('r', second * 1000);
    if (second > 1061) expect(reading!.removed / reading!.seconds).toBeCloseTo(100, 9);
  }
});

import { expect, test } from 'vitest';
import { SeenBook } from '../../../catalogue/index.ts';
import { eventsBetween } from '../../../cost/index.ts';
import { eventReport, eventSeen, fieldSeen } from '../../testing/events.ts';
import { EventWindows } from './index.ts';

const t0 = Date.UTC(2026, 4, 10, 12);

/** One event of `perSecond(second)` records, reported every two seconds. */
function run(seconds: number, perSecond: (second: number) => number) {
  const [book, windows] = [new SeenBook(), new EventWindows()];
  let records = 0;
  for (let second = 2; second <= seconds; second += 2) {
    records += 2 * perSecond(second);
    const now = t0 + second * 1000;
    const report = eventReport(now, [eventSeen('e', records, { firstUnixMs: t0, lastUnixMs: now, fields: [fieldSeen('k', records)] })]);
    for (const change of book.take('a', report, now)) windows.note('e', change.event, change.isNew, 2000, now);
  }
  const rate = (untilMs = t0 + seconds * 1000): number | undefined => windows.windows(untilMs).flatMap(({ before, after, seconds: over }) => eventsBetween(before === null ? [] : [before], [after], over))[0]?.received.recordsPerSecond;
  return { windows, rate };
}

test('a young event is measured since it came, an old one over one to two minutes', () => {
  expect(run(4, () => 10).rate()).toBeCloseTo(10, 6);
  expect(run(300, () => 10).rate()).toBeCloseTo(10, 6);
  const { windows, rate } = run(600, (second) => (second <= 400 ? 100 : 10));
  expect(rate()).toBeCloseTo(10, 6);
  expect(windows.windows(t0 + 600_000)[0]!.seconds).toBeLessThanOrEqual(122);
});

test('what fell silent is measured no more', () => {
  const { rate } = run(100, () => 10);
  expect(rate(t0 + 300_000)).toBeUndefined();
});

test('of an event that was known before this start nothing is claimed until two reports came', () => {
  const [book, windows] = [new SeenBook(), new EventWindows()];
  for (const [second, records] of [[2, 1_000_000], [4, 1_000_020]] as const) {
    const now = t0 + second * 1000;
    for (const change of book.take('a', eventReport(now, [eventSeen('e', records)]), now)) windows.note('e', change.event, false, 2000, now);
    const [window] = windows.windows(now);
    if (second === 2) expect(window).toBeUndefined();
    else expect(window!.after.records - window!.before!.records).toBe(20);
  }
});

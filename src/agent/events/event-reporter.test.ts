import { expect, it, vi } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import type { EventReport } from '../../model/index.ts';
import { EventReporter } from './index.ts';

function reporter(canSend: () => boolean, waiting = (): number => 0) {
  const clock = new ManualClock(1_700_000_000_000_000_000n);
  const sent: EventReport[] = [];
  const calls: string[] = [];
  const made = new EventReporter({
    events: {
      takeReport: (atUnixMs, most) => { calls.push(`take ${most}`); return { version: 1, startedUnixMs: 1, atUnixMs, events: [], folded: { ids: 0, records: 0, bytes: 0 }, held: { events: 0, fields: 0, bytes: 0, templates: 0 }, waiting: waiting() }; },
      tellAgain: () => { calls.push('again'); },
    },
    clock, canSend, send: (report) => sent.push(report),
  });
  return { made, sent, calls, clock };
}

it('says what changed, and says so when nothing did', () => {
  const { made, sent, clock } = reporter(() => true);
  made.report();
  clock.advanceMs(2000);
  made.report();
  expect(sent.map(({ atUnixMs }) => atUnixMs)).toEqual([1_700_000_000_000, 1_700_000_002_000]);
});

it('leaves the books as they are while nobody listens, and tells all anew when somebody does', () => {
  let isOpen = false;
  const { made, sent, calls } = reporter(() => isOpen);
  made.report();
  expect([sent, calls]).toEqual([[], []]);
  isOpen = true;
  made.opened();
  made.report();
  expect(calls).toEqual(['again', 'take 200']);
});

it('tells sooner while more wait than a report holds', () => {
  vi.useFakeTimers();
  try {
    const left = [2, 1];
    const { made, calls } = reporter(() => true, () => left.shift() ?? 0);
    made.start();
    vi.advanceTimersByTime(2000 + 2 * 250);
    expect(calls).toHaveLength(3);
    vi.advanceTimersByTime(1999);
    expect(calls).toHaveLength(3);
    vi.advanceTimersByTime(1);
    expect(calls).toHaveLength(4);
  } finally {
    vi.useRealTimers();
  }
});

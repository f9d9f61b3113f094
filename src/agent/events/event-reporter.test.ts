import { expect, it } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import type { EventReport } from '../../model/index.ts';
import { EventReporter } from './index.ts';

function reporter(canSend: () => boolean) {
  const clock = new ManualClock(1_700_000_000_000_000_000n);
  const sent: EventReport[] = [];
  const calls: string[] = [];
  const made = new EventReporter({
    events: {
      takeReport: (atUnixMs, most) => { calls.push(`take ${most}`); return { version: 1, startedUnixMs: 1, atUnixMs, events: [], folded: { ids: 0, records: 0, bytes: 0 }, held: { events: 0, fields: 0, bytes: 0, templates: 0 }, waiting: 0 }; },
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
  expect(calls).toEqual(['again', 'take 500']);
});

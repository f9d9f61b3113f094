import { expect, it } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import type { RedactionTally } from '../../engine/index.ts';
import { redactionReport, type RedactionCell, type RedactionReport } from '../../model/index.ts';
import { KeyRing } from '../../redaction/index.ts';
import { RedactionReporter } from './index.ts';

const nothing: RedactionTally = { cells: [], coverage: [], overflow: { findings: 0, services: 0, fingerprints: 0 } };
const covered: RedactionTally = { ...nothing, coverage: [{ service: 'cart', bytes: 10, coveredBytes: 0, records: 1, coveredRecords: 0 }] };
const unscanned = { bytes: 0, ofBytes: 0, records: 0, ofRecords: 0, full: false };

function reporter(taken: RedactionTally, canSend = true) {
  const clock = new ManualClock(1_700_000_000_000_000_000n);
  const sent: RedactionReport[] = [];
  let takes = 0;
  const made = new RedactionReporter({
    pipeline: { takeRedactions: () => { takes++; return taken; } }, residual: { take: () => ({ residual: [], scanned: unscanned, overflow: 0 }), second: () => {}, useKeys: () => {}, stop: () => {} },
    keys: new KeyRing(new Uint8Array(32), '2026-11-23'), clock, canSend: () => canSend, send: (report) => sent.push(report),
  });
  return { made, sent, clock, takes: () => takes };
}

it('says what is new, from when to when, under which key', () => {
  const { made, sent, clock } = reporter(covered);
  clock.advanceMs(1000);
  made.report();
  clock.advanceMs(500);
  made.report();
  expect(sent.map((report) => redactionReport.parse(report)).map(({ fromUnixMs, toUnixMs, period }) => [toUnixMs - fromUnixMs, period])).toEqual([[1000, '2026-11-23'], [500, '2026-11-23']]);
});

it('says nothing when there is nothing', () => {
  const { made, sent } = reporter(nothing);
  made.report();
  expect(sent).toEqual([]);
});

it('leaves the books as they are while there is nobody to tell', () => {
  const { made, sent, takes } = reporter(covered, false);
  made.report();
  expect([sent.length, takes()]).toEqual([0, 0]);
});

it('says much in several messages, each count once', () => {
  const cell = (i: number): RedactionCell => ({
    rule: { id: 'r', name: 'r', version: 1 }, service: 'cart', durableId: `E${i}`, source: '', signal: 'logs', place: 'body', key: 'body', detector: 'email', action: 'mask',
    count: 1, records: 1, fingerprints: [], moreDistinct: false, context: '', firstUnixMs: 1, lastUnixMs: 1,
  });
  const { made, sent } = reporter({ ...covered, cells: Array.from({ length: 1200 }, (_, i) => cell(i)) });
  made.report();
  expect(sent.map(({ cells, coverage }) => [cells.length, coverage.length])).toEqual([[500, 1], [500, 0], [200, 0]]);
  expect(new Set(sent.flatMap(({ cells }) => cells.map(({ durableId }) => durableId))).size).toBe(1200);
});

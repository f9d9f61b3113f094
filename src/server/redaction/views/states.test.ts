// Which sources and agents count in a range.
import { expect, it } from 'vitest';
import { leakedCell, maskedCell, redactionReport } from '../../testing/redaction.ts';
import { maxSourcesPerAgent } from '../bounds.ts';
import { RedactionBook } from '../book/book.ts';
import { rangeOf } from './range.ts';
import { readerOf } from './reader.ts';
import { statesIn } from './states.ts';
import { sumsOf } from './sums.ts';

const startMs = Date.parse('2027-01-15T08:00:00Z');
const minute = 60_000;

function bookOf(agents: readonly { readonly no: number; readonly connected: boolean; readonly lastSeenMs: number }[]) {
  const book = new RedactionBook((text) => text, () => false);
  const all = agents.map(({ no, connected, lastSeenMs }) => ({ no, id: String(no), name: `web-${no}`, connected, lastSeenAt: new Date(lastSeenMs).toISOString() }));
  const fleet = { all, find: (no: number) => all.find((agent) => agent.no === no) ?? null };
  return {
    book, take: (atMs: number, agent: number, more: object) => { book.take(Buffer.from(JSON.stringify(redactionReport(atMs, more))), { agent, offsetMs: () => 0 }, atMs); },
    states: (nowMs: number, seconds: number) => statesIn(readerOf(book, fleet, nowMs, { endOf: () => null }), sumsOf(book, rangeOf(seconds, nowMs, 60))).map(({ source, standing }) => [source.detector, standing.state]),
  };
}

it('a row that comes no more, as of a detector that has another name now, is in no list and no count after the range', () => {
  const nowMs = startMs + 30 * minute;
  const { take, states, book } = bookOf([{ no: 1, connected: true, lastSeenMs: nowMs }]);
  take(startMs, 1, { cells: [maskedCell(startMs, { detector: 'token-of-old' })] });
  expect(states(startMs + minute, 900)).toEqual([['token-of-old', 'unproved']]);
  take(nowMs, 1, { cells: [maskedCell(nowMs)] });
  expect(states(nowMs, 3600)).toEqual([['token-of-old', 'unproved'], ['github-token', 'clean']]);
  expect(states(nowMs, 900)).toEqual([['github-token', 'clean']]);
  for (let day = 0; day <= 31; day++) book.tidy(nowMs + day * 1440 * minute);
  expect(book.sources.size).toBe(0);
});

it('what has no room, or nobody who saw it, is never said to be clean', () => {
  const { take, states, book } = bookOf([{ no: 1, connected: true, lastSeenMs: startMs }]);
  take(startMs, 1, { cells: Array.from({ length: maxSourcesPerAgent + 1 }, (_, i) => maskedCell(startMs, { key: `k${i}` })) });
  expect(states(startMs, 900).filter(([detector]) => detector === 'other')).toEqual([['other', 'unproved']]);
  book.stands.forgetSource([...book.sources.all].find(({ key }) => key === 'k0')!.no);
  expect(states(startMs, 900).filter(([, state]) => state === 'unproved').sort()).toEqual([['github-token', 'unproved'], ['other', 'unproved']]);
});

it('a leak is listed after the range as long as it is not known to have stopped', () => {
  const nowMs = startMs + 30 * minute;
  const { take, states } = bookOf([{ no: 1, connected: true, lastSeenMs: nowMs }]);
  take(startMs, 1, { residual: [leakedCell(startMs)] });
  take(nowMs, 1, { coverage: [], scanned: { bytes: 0, ofBytes: 1, records: 0, ofRecords: 1, full: false } });
  expect(states(nowMs, 900)).toEqual([['github-token', 'leaking']]);
});

it('an agent that was away for all of the range says nothing of what others saw in it', () => {
  const nowMs = startMs + 120 * minute;
  const { take, states } = bookOf([{ no: 1, connected: true, lastSeenMs: nowMs }, { no: 2, connected: false, lastSeenMs: startMs }]);
  take(startMs, 2, { residual: [leakedCell(startMs)] });
  take(nowMs, 1, { cells: [maskedCell(nowMs)] });
  expect([states(nowMs, 900), states(nowMs, 4 * 3600)]).toEqual([[['github-token', 'clean']], [['github-token', 'unproved']]]);
});

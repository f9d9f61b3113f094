// Ids that are told alike are one event, whenever that turns out: what the book holds is what was sent.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SeenBook } from '../merge/index.ts';
import { feedLogs } from '../testing/feed.ts';
import { Catalogue } from './index.ts';

const names = Array.from({ length: 12 }, (_, i) => ['N'.repeat(1030) + String(i), `login of anna${i}`, `plain ${i}`][i % 3]!);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('send' as const), names: fc.array(fc.integer({ min: 0, max: names.length - 1 }), { maxLength: 20 }) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('report' as const, 'reconnect' as const, 'rules' as const), most: fc.integer({ min: 1, max: 8 }) }) },
);

it('adds up whatever names are cut, masked by a later rule, folded and told again', () => {
  fc.assert(fc.property(fc.array(step, { maxLength: 30 }), fc.integer({ min: 3, max: 20 }), (steps, maxEvents) => {
    let masks = false;
    const agent = new Catalogue({ startedUnixMs: 1, maxEvents, clean: (text) => (masks ? text.replace(/anna\d+/, '••••') : text) });
    const book = new SeenBook();
    let sent = 0;
    let now = 1000;
    for (const one of steps) {
      now += 1000;
      if (one.kind === 'send') { feedLogs(agent, one.names.map((name) => ({ eventName: names[name]!, attributes: { n: name } })), now); sent += one.names.length; }
      else if (one.kind === 'report') book.take('a', agent.takeReport(now, one.most), now);
      else if (one.kind === 'reconnect') agent.tellAgain();
      else { masks = true; agent.cleanAgain(); }
    }
    book.take('a', agent.takeReport(now, 1000), now);
    const events = [...book.events()];
    expect(events.reduce((sum, { records }) => sum + records, 0)).toBe(sent);
    for (const { looked, records, fields } of events) {
      expect(looked).toBeGreaterThanOrEqual(0);
      for (const { seen } of fields.values()) expect(seen).toBeGreaterThanOrEqual(0);
      expect(records).toBeGreaterThanOrEqual(0);
    }
  }), { numRuns: 200 });
});

it('forgets the oldest of many ids that are told alike, and loses no record', () => {
  const agent = new Catalogue({ startedUnixMs: 1, clean: (text) => text.replace(/\d+/, '••••') });
  for (let round = 0; round < 3; round++) feedLogs(agent, Array.from({ length: 300 }, (_, i) => ({ eventName: `login of ${i}` })), 1000 * round);
  expect(agent.all().filter(({ durableId }) => durableId.startsWith('login')).map(({ records, durableId }) => [durableId, records])).toEqual([['login of ••••', 900]]);
});

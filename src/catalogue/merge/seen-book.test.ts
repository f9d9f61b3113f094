import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Catalogue } from '../record/index.ts';
import { feedLogs } from '../testing/feed.ts';
import { SeenBook, type MergedEvent } from './index.ts';

const key = { signal: 'logs', service: 'shop', durableId: 'e' } as const;
const one = (i: number) => ({ eventName: 'e', severityNumber: 9, attributes: { n: i, method: i % 2 === 0 ? 'GET' : 'PUT' } });
const some = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => one(from + i));
const presence = (event: MergedEvent, name: string): number => event.fields.get(`attribute\n${name}`)!.seen;

describe('a book of what agents saw', () => {
  it('adds agents up, each report once', () => {
    const book = new SeenBook();
    const [a, b] = [new Catalogue({ startedUnixMs: 1 }), new Catalogue({ startedUnixMs: 2 })];
    feedLogs(a, some(0, 50), 1000);
    book.take('a', a.takeReport(1000, 10), 1000);
    feedLogs(a, some(50, 60), 2000);
    feedLogs(b, some(0, 30), 2000);
    book.take('a', a.takeReport(2000, 10), 2000);
    book.take('b', b.takeReport(2000, 10), 2000);
    a.tellAgain();
    book.take('a', a.takeReport(3000, 10), 3000);
    const event = book.get(key)!;
    expect(event).toMatchObject({ records: 90, looked: 90 });
    expect([...event.agents]).toEqual(['a', 'b']);
    expect([presence(event, 'n'), event.fields.get('attribute\nn')!.distinct, event.severities.get(9)!.records]).toEqual([90, 60, 90]);
  });

  it('keeps what an agent saw before it restarted', () => {
    const book = new SeenBook();
    for (let start = 1; start <= 3; start++) {
      const agent = new Catalogue({ startedUnixMs: start });
      feedLogs(agent, some(0, 20), 1000 * start);
      const [change] = book.take('a', agent.takeReport(1000 * start, 10), 1000 * start);
      expect([change!.records, change!.isNew]).toEqual([20, start === 1]);
    }
    expect(book.get(key)).toMatchObject({ records: 60, firstUnixMs: 1000, lastUnixMs: 3000 });
    expect(presence(book.get(key)!, 'method')).toBe(60);
  });

  it('goes through JSON and on', () => {
    const book = new SeenBook();
    const agent = new Catalogue({ startedUnixMs: 1 });
    feedLogs(agent, some(0, 500), 1000);
    book.take('a', agent.takeReport(1000, 10), 1000);
    const { rows } = book.takeChanges(100);
    expect(book.takeChanges(100).rows).toEqual([]);
    const loaded = new SeenBook();
    for (const row of rows) expect(loaded.load(JSON.parse(JSON.stringify(row)))).toBe(true);
    feedLogs(agent, some(500, 510), 2000);
    agent.tellAgain();
    loaded.take('a', agent.takeReport(2000, 10), 2000);
    expect(loaded.get(key)).toMatchObject({ records: 510 });
    expect(loaded.serviceSince('shop')).toBe(1000);
    for (const other of [null, 5, {}, { version: 2, fields: [], parts: [] }]) expect(loaded.load(other)).toBe(false);
  });

  it('takes back what an agent folded, so that nothing counts twice', () => {
    const book = new SeenBook();
    const agent = new Catalogue({ startedUnixMs: 1, maxEvents: 5 });
    let sent = 0;
    for (let round = 0; round < 40; round++) {
      feedLogs(agent, Array.from({ length: 12 }, (_, i) => ({ eventName: `e${(round * 7 + i) % 30}` })), round * 1000);
      sent += 12;
      book.take('a', agent.takeReport(round * 1000, 100), round * 1000);
      expect([...book.events()].reduce((sum, event) => sum + event.records, 0)).toBe(sent);
    }
  });

  it('counts records once when an agent lets fields go to save memory', () => {
    const book = new SeenBook();
    const agent = new Catalogue({ startedUnixMs: 1, maxBytes: 100_000 });
    for (let round = 0; round < 30; round++) {
      feedLogs(agent, Array.from({ length: 40 }, (_, i) => ({ eventName: `e${i}`, attributes: { [`k${round % 5}`]: i, steady: 1 } })), round * 1000);
      book.take('a', agent.takeReport(round * 1000, 100), round * 1000);
      expect([...book.events()].reduce((sum, event) => sum + event.records, 0)).toBe((round + 1) * 40);
      for (const event of book.events()) for (const field of event.fields.values()) expect(field.seen).toBeLessThanOrEqual(event.looked);
    }
    expect(agent.held().bytes).toBeLessThanOrEqual(100_000);
    expect(agent.held().events).toBe(40);
  });

  it('is bounded, and an event that comes back is not counted twice', () => {
    const book = new SeenBook({ maxEvents: 50, maxFields: 3 });
    const agent = new Catalogue({ startedUnixMs: 1 });
    let sent = 0;
    for (let round = 0; round < 30; round++) {
      feedLogs(agent, Array.from({ length: 20 }, (_, i) => ({ eventName: `e${(round * 13 + i) % 130}`, attributes: { [`k${round}`]: 1 } })), round * 1000);
      sent += 20;
      book.take('a', agent.takeReport(round * 1000, 1000), round * 1000);
      expect(book.size).toBeLessThanOrEqual(50);
      const kept = [...book.events()].reduce((sum, event) => sum + event.records, 0);
      expect(kept + book.folded().records).toBe(sent);
    }
    for (const event of book.events()) expect(event.fields.size).toBeLessThanOrEqual(3);
  });

  it('stays within its bytes', () => {
    const book = new SeenBook({ maxBytes: 2 ** 20 });
    const agent = new Catalogue({ startedUnixMs: 1 });
    for (let round = 0; round < 60; round++) {
      feedLogs(agent, Array.from({ length: 10 }, (_, i) => ({ eventName: `e${round} ${i}`, attributes: Object.fromEntries(Array.from({ length: 20 }, (__, k) => [`k${k}`, round])) })), round * 1000);
      book.take('a', agent.takeReport(round * 1000, 1000), round * 1000);
      expect(book.bytes).toBeLessThanOrEqual(2 ** 20);
    }
    expect(book.size).toBeGreaterThan(10);
    expect([...book.events()].reduce((sum, event) => sum + event.records, 0) + book.folded().records).toBe(600);
  });

  it('is the same whatever the order of agents and reports', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 20 })), { maxLength: 15 }), (steps) => {
      const book = new SeenBook();
      const agents = new Map<string, Catalogue>();
      for (const [i, [name, count]] of steps.entries()) {
        const agent = agents.get(name) ?? new Catalogue({ startedUnixMs: 1 });
        agents.set(name, agent);
        feedLogs(agent, some(0, count), i);
        book.take(name, agent.takeReport(i, 10), i);
      }
      expect(book.get(key)?.records ?? 0).toBe(steps.reduce((sum, [, count]) => sum + count, 0));
    }), { numRuns: 30 });
  });
});

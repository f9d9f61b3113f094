// Who stays in a book when there is no room for all: names before fields, what counts much before what counts little, and no count lost.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventReport, EventSeen } from '../../model/index.ts';
import { SeenBook } from './index.ts';

const seen = (id: number, records: number, fields: number): EventSeen => ({
  signal: 'logs', service: 'shop', durableId: `event.${id}`, source: 'event-name', sourceLine: null, firstUnixMs: 0, lastUnixMs: 0, records, bytes: records * 200, removedRecords: 0, removedBytes: 0,
  severities: { 9: { records, bytes: records * 200 } }, versions: { '1.0': { records, bytes: records * 200, firstUnixMs: 0, lastUnixMs: 0 } }, looked: records, lookedBytes: records * 200,
  fields: Array.from({ length: fields }, (_, i) => ({ place: 'attribute', key: `attr.${i}`, types: { string: records }, bytes: records * 20, sketch: '', distinct: 1, examples: [], maxBytes: 9 })), foldedFields: { seen: 0, bytes: 0 },
});
const report = (atUnixMs: number, events: EventSeen[], startedUnixMs = 1): EventReport =>
  ({ version: 1, startedUnixMs, atUnixMs, events, folded: { ids: 0, records: 0, bytes: 0 }, held: { events: 0, fields: 0, bytes: 0, templates: 0 }, waiting: 0 });
const recordsIn = (book: SeenBook): number => [...book.events()].reduce((sum, { records }) => sum + records, 0) + book.folded().records;
const fieldsSeen = (book: SeenBook): number => [...book.events()].reduce((sum, event) => sum + event.foldedFields.seen + [...event.fields.values()].reduce((of, field) => of + field.seen, 0), 0);

describe('a book without room for all', () => {
  it('keeps the names of all that it may, and tells none as new again, when more ids than that come in turn', { timeout: 120_000 }, () => {
    const [ids, most, bytes] = [12_000, 10_000, 36 * 2 ** 20];
    const book = new SeenBook({ maxEvents: most, maxBytes: bytes });
    for (let round = 1; round <= 3; round++) {
      let told = 0;
      for (let i = 0; i < ids; i += 200) told += book.take('a', report(round, Array.from({ length: 200 }, (_, j) => seen(i + j, 100 * round, 10))), round).filter(({ isNew }) => isNew).length;
      expect([told, book.size, recordsIn(book)]).toEqual([round === 1 ? most : 0, most, ids * 100 * round]);
      expect(book.bytes).toBeLessThanOrEqual(bytes);
      expect(book.takeChanges(0).forgotten).toEqual([]);
    }
    expect(fieldsSeen(book)).toBe(most * 300 * 10);
    expect([...book.events()].some(({ fields }) => fields.size === 10)).toBe(true);
  });

  it('lets the rarest lose their fields, and gives them back to one that counts more than another', () => {
    const book = new SeenBook({ maxBytes: 120_000 });
    for (let round = 1; round <= 3; round++) for (let id = 0; id < 30; id++) book.take('a', report(round, [seen(id, (id < 4 ? 1000 : 1) * round, 4)]), round);
    const withFields = (): number[] => [...book.events()].filter(({ fields }) => fields.size > 0).map(({ durableId }) => Number(durableId.slice(6)));
    expect([book.size, withFields().length < 30, withFields()]).toEqual([30, true, expect.arrayContaining([0, 1, 2, 3])]);
    const poor = [...book.events()].findLast(({ fields }) => fields.size === 0)!;
    const before = poor.foldedFields.seen;
    const [change] = book.take('a', report(9, [seen(Number(poor.durableId.slice(6)), 5000, 4)]), 9);
    expect(before).toBe(3 * 4);
    expect([change!.isNew, poor.looked, poor.foldedFields.seen, [...poor.fields.values()].map((field) => field.seen)]).toEqual([false, 5000, 0, [5000, 5000, 5000, 5000]]);
  });

  it('lets an id in that counts more than twice the least, and tells one that comes back not as new', () => {
    const book = new SeenBook({ maxEvents: 2 });
    const take = (id: number, records: number): boolean[] => book.take('a', report(records, [seen(id, records, 1)]), records).map(({ isNew }) => isNew);
    expect([take(0, 10), take(1, 20), take(2, 20), take(2, 21)]).toEqual([[true], [true], [], [true]]);
    expect([take(0, 40), take(0, 41), book.get(seen(0, 0, 0))?.records]).toEqual([[], [false], 41]);
    expect(book.takeChanges(0).forgotten.map(({ durableId }) => durableId)).toEqual(['event.0', 'event.1']);
    expect(recordsIn(book)).toBe(41 + 20 + 21);
  });

  it('goes on without fields after its rows were stored and read', () => {
    const [book, next] = [new SeenBook({ maxBytes: 30_000 }), new SeenBook({ maxBytes: 30_000 })];
    for (let id = 0; id < 8; id++) book.take('a', report(1, [seen(id, 10, 8)]), 1);
    for (const row of book.takeChanges(100).rows) next.load(JSON.parse(JSON.stringify(row)));
    for (let id = 0; id < 8; id++) next.take('a', report(2, [seen(id, 15, 8)]), 2);
    expect([next.size, recordsIn(next), fieldsSeen(next)]).toEqual([8, 120, 8 * 15 * 8]);
    expect(next.bytes).toBeLessThanOrEqual(30_000);
  });

  it('loses no count, whatever agents tell, restart and take back', () => {
    const step = fc.record({ agent: fc.constantFrom('a', 'b'), id: fc.integer({ min: 0, max: 5 }), more: fc.integer({ min: 1, max: 40 }), kind: fc.constantFrom('tell', 'tell', 'tell', 'restart', 'left') });
    fc.assert(fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const book = new SeenBook({ maxEvents: 3, maxBytes: 14_000 });
      const [started, totals] = [new Map<string, number>(), new Map<string, number>()];
      let sent = 0;
      for (const [i, { agent, id, more, kind }] of steps.entries()) {
        const life = started.get(agent) ?? 1;
        const of = `${agent} ${life} ${id}`;
        if (kind === 'restart') { started.set(agent, life + 1); continue; }
        if (kind === 'left') {
          book.take(agent, { ...report(i, [], life), left: [{ signal: 'logs', service: 'shop', durableId: `event.${id}` }] }, i);
          // Of this life only: what was told before a restart stays.
          sent -= totals.get(of) ?? 0;
          totals.delete(of);
        } else {
          totals.set(of, (totals.get(of) ?? 0) + more);
          sent += more;
          book.take(agent, report(i, [seen(id, totals.get(of)!, 3)], life), i);
        }
        expect(recordsIn(book)).toBe(sent);
        expect(book.bytes).toBeLessThanOrEqual(14_000);
      }
    }), { numRuns: 200 });
  });
});

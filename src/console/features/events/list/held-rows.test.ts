import { describe, expect, it } from 'vitest';
import type { EventList, EventRow } from '../../../../model/index.ts';
import { rowsOf } from './held-rows.ts';
import { picksOf, togglePick } from './picks.ts';

const row = (durableId: string, perSecond: number, source: EventRow['source'] = 'event-name'): EventRow => ({ signal: 'logs', service: 'cart', durableId, source, label: durableId, sourceLine: null, severity: 9, perSecond, bytesPerSecond: 0, records: 1, bytes: 1, removedRecords: 0, firstSeenAt: '', lastSeenAt: '', versions: [], fields: 0, drifts: 0, users: 0, lints: 0, renamedTo: null, history: [] });
const page = (...events: readonly EventRow[]): EventList => ({ events: [...events], total: events.length, folded: { ids: 0, records: 0 }, services: [], refused: { reports: 0, events: 0, templateMessages: 0 }, leftOut: { withoutRoom: 0, outdated: 0 } });
const shown = (pages: ReadonlyMap<number, readonly EventRow[]>) => pages.get(0)?.map(({ durableId, perSecond }) => `${durableId} ${perSecond}`);

describe('held rows', () => {
  it('keep their places while their figures go on, and move when let go', () => {
    const held = { wish: 'rate', pages: rowsOf(new Map([[0, page(row('a', 5), row('b', 4))]]), null, 'rate') };
    const later = new Map([[0, page(row('b', 9), row('a', 6), row('c', 1))]]);
    expect(shown(rowsOf(later, held, 'rate'))).toEqual(['a 6', 'b 9']);
    expect(shown(rowsOf(later, null, 'rate'))).toEqual(['b 9', 'a 6', 'c 1']);
    expect(shown(rowsOf(later, held, 'bytes'))).toEqual(['b 9', 'a 6', 'c 1']);
  });

  it('show what was known of a row that left the page', () => {
    const held = { wish: '', pages: new Map([[0, [row('gone', 3)]]]) };
    expect(shown(rowsOf(new Map([[0, page(row('new', 8))]]), held, ''))).toEqual(['gone 3']);
  });
});

describe('picks', () => {
  it('come and go, and leave out what has no name', () => {
    const one = togglePick(picksOf(), row('a', 1));
    expect([...one.values()]).toEqual([{ name: 'a', service: 'cart' }]);
    expect(togglePick(one, row('a', 2)).size).toBe(0);
    expect(togglePick(one, row('rest', 1, 'folded'))).toBe(one);
  });
});

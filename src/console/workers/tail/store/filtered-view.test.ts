import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../../base/index.ts';
import { compileFilter } from '../../../../engine/index.ts';
import type { Expr } from '../../../../kql/index.ts';
import type { TailFacetFilter } from '../types.ts';
import { log, logsFrame, storeOf } from '../testing/frames.ts';
import { attribute, call, column, isService, literal, severityAtLeast, where } from '../testing/plans.ts';
import { computeFacets } from './facets.ts';
import { FilteredView } from './filtered-view.ts';
import { computeHistogram } from './histogram.ts';
import { compileRowFilter } from './row-filter.ts';
import type { TailStore } from './tail-store.ts';

const predicates: readonly Expr[] = [
  severityAtLeast(13), isService('b'), call('and', severityAtLeast(9), isService('a')), call('==', column('EventName'), literal('E1')),
  call('and', call('!=', column('DurableId'), literal('E0')), call('has', column('Body', 'dynamic'), literal('blue'))),
  call('==', call('tostring', attribute('region')), literal('eu')), call('or', severityAtLeast(17), isService('c')),
];
const record = fc.record({ service: fc.constantFrom('a', 'b', 'c'), severity: fc.integer({ min: 0, max: 24 }), event: fc.constantFrom('', 'E0', 'E1'), body: fc.constantFrom('red', 'blue sky', 'green'), region: fc.constantFrom('eu', 'us', null) });
type Made = typeof record extends fc.Arbitrary<infer T> ? T : never;

const frameOf = (made: Made) => logsFrame(made.service, [log(made.body, { severityNumber: made.severity, eventName: made.event, attributes: made.region === null ? {} : { region: made.region } })]);
const clock = new ManualClock();
const noClock = () => 0;
/** Steps of one slice each, so that work is interleaved with arrivals. */
const slice = (view: FilteredView) => view.advance(-1, noClock);
const finish = (view: FilteredView) => { while (!slice(view)); };
const idsOf = (view: FilteredView) => Array.from({ length: view.matches.length }, (_, i) => view.matches.at(i));

/** What the engine says about each row, asked one by one. */
function expectedIds(store: TailStore, predicate: Expr | null, off: readonly TailFacetFilter[]): number[] {
  const filter = predicate === null ? null : compileFilter(where(predicate), 'logs');
  const hidden = new Set(off.flatMap((one) => one.excluded));
  return Array.from({ length: store.ring.length }, (_, i) => store.ring.firstId + i).filter((id) => {
    const segment = store.segmentOf(id)!;
    return (filter === null || (filter.ok && filter.value(segment.view, id - segment.firstId))) && !hidden.has(store.services.text(store.ring.service[store.ring.slot(id)]!));
  });
}

describe('FilteredView', () => {
  it('is the same worked out piece by piece as all at once, with eviction and facets', () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: record.map((made) => ({ kind: 'add' as const, made })) },
      { weight: 1, arbitrary: fc.constantFrom(null, ...predicates).map((predicate) => ({ kind: 'filter' as const, predicate })) },
      { weight: 1, arbitrary: fc.subarray(['a', 'b', 'c']).map((excluded) => ({ kind: 'facets' as const, excluded })) },
    );
    fc.assert(fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 3, max: 30 }), (steps, maxRows) => {
      const store = storeOf([], { maxRows, maxBytes: 1e9 });
      const view = new FilteredView(store);
      let predicate: Expr | null = null;
      let off: readonly TailFacetFilter[] = [];
      for (const one of steps) {
        if (one.kind === 'add') store.append(frameOf(one.made));
        else if (one.kind === 'facets') { off = [{ field: 'ServiceName', excluded: one.excluded }]; view.setFacets(off); } else {
          predicate = one.predicate;
          const filter = predicate === null ? null : compileRowFilter(where(predicate), store.ring, clock);
          view.setFilter(filter === null ? null : filter.ok ? filter.value : null);
        }
        slice(view);
      }
      finish(view);
      expect(idsOf(view)).toEqual(expectedIds(store, predicate, off));
    }));
  });

  it('remembers answers per service, severity and durable id without changing any', () => {
    fc.assert(fc.property(fc.array(record, { maxLength: 40 }), fc.constantFrom(...predicates), (made, predicate) => {
      const store = storeOf(made.map(frameOf));
      const filter = compileRowFilter(where(predicate), store.ring, clock);
      const view = new FilteredView(store);
      view.setFilter(filter.ok ? filter.value : null);
      finish(view);
      expect(idsOf(view)).toEqual(expectedIds(store, predicate, []));
    }));
  });

  it('has facets and a histogram that add up to the matching rows', () => {
    fc.assert(fc.property(fc.array(record, { maxLength: 60 }), fc.constantFrom(null, ...predicates), fc.subarray(['a', 'b']), (made, predicate, excluded) => {
      const store = storeOf(made.map(frameOf));
      store.attributes.add('region');
      store.attributes.fill(store.segments, store.codec.cursor(), Infinity, noClock);
      const off = [{ field: 'ServiceName', excluded }];
      const view = new FilteredView(store);
      const filter = predicate === null ? null : compileRowFilter(where(predicate), store.ring, clock);
      view.setFilter(filter === null ? null : filter.ok ? filter.value : null);
      view.setFacets(off);
      finish(view);
      const facets = computeFacets(store, view.matches, view.matches.length, off);
      expect(facets.map((facet) => facet.field)).toEqual(['Severity', 'ServiceName', 'DurableId', 'Agent', 'region']);
      for (const facet of facets) expect(facet.values.reduce((sum, value) => sum + value.count, facet.other)).toBe(view.matches.length);
      const histogram = computeHistogram(store, view.matches, view.matches.length, 20);
      expect(histogram.counts.flat().reduce((sum, count) => sum + count, 0)).toBe(view.matches.length);
    }));
  });

  it('keeps to a time, whatever else filters it, and back', () => {
    fc.assert(fc.property(fc.array(record, { minLength: 1, maxLength: 40 }), fc.integer({ min: -2, max: 42 }), fc.integer({ min: 0, max: 40 }), (made, at, long) => {
      const store = storeOf(made.map(frameOf));
      const timeOf = (id: number) => store.ring.timeMs[store.ring.slot(id)]!;
      store.ring.timeMs.forEach((_, slot) => { store.ring.timeMs[slot] = slot; });
      const view = new FilteredView(store);
      finish(view);
      const all = idsOf(view);
      view.setTimeRange({ fromMs: at, toMs: at + long });
      finish(view);
      expect(idsOf(view)).toEqual(all.filter((id) => timeOf(id) >= at && timeOf(id) <= at + long));
      view.setTimeRange(null);
      finish(view);
      expect(idsOf(view)).toEqual(all);
    }));
  });

  it('keeps the old result on show until a new filter is through', () => {
    const store = storeOf(Array.from({ length: 30 }, (_, f) => logsFrame('a', Array.from({ length: 200 }, (_, i) => log('x', { severityNumber: i === 0 && f === 0 ? 17 : 9 })))));
    const view = new FilteredView(store);
    finish(view);
    const filter = compileRowFilter(where(severityAtLeast(17)), store.ring, clock);
    view.setFilter(filter.ok ? filter.value : null);
    expect(slice(view)).toBe(false);
    expect(view.matches.length).toBe(6000);
    finish(view);
    expect(idsOf(view)).toEqual([0]);
  });
});

describe('attribute facets', () => {
  it('hides rows with an unticked value, and only those', () => {
    const rows: readonly Made[] = (['eu', 'us', null, 'eu'] as const).map((region): Made => ({ service: 'a', severity: 9, event: '', body: 'red', region }));
    const store = storeOf(rows.map(frameOf));
    store.attributes.add('region');
    store.attributes.fill(store.segments, store.codec.cursor(), Infinity, noClock);
    const view = new FilteredView(store);
    view.setFacets([{ field: 'region', excluded: ['eu'] }]);
    finish(view);
    expect(idsOf(view)).toEqual([1, 2]);
  });

  it('keeps rows with one of the only values, and hides rows without the attribute', () => {
    const rows: readonly Made[] = (['eu', 'us', null, 'eu'] as const).map((region): Made => ({ service: 'a', severity: 9, event: '', body: 'red', region }));
    const store = storeOf(rows.map(frameOf));
    store.attributes.add('region');
    store.attributes.fill(store.segments, store.codec.cursor(), Infinity, noClock);
    const view = new FilteredView(store);
    const filters = [{ field: 'region', excluded: [], only: ['eu', 'gone'] }];
    view.setFacets(filters);
    finish(view);
    expect(idsOf(view)).toEqual([0, 3]);
    expect(computeFacets(store, view.matches, view.matches.length, filters).find((facet) => facet.field === 'region')?.values).toEqual([{ value: 'eu', count: 2, selected: true }, { value: 'gone', count: 0, selected: true }]);
  });
});

// Facets: how the matching rows divide by a field. Listed values and `other` add up to the matching rows, always.
import type { TailFacet, TailFacetFilter } from '../types.ts';
import { attributeMissing, attributeOther } from './attribute-columns.ts';
import { fixedFacets } from './facet-filter.ts';
import type { IdDeque } from './id-deque.ts';
import { severityBand, severityBands } from './severity.ts';
import type { TailStore } from './tail-store.ts';

const maxListed = 8;

/** Counts over the first `end` matches (all of the view, or up to where it was paused). */
export function computeFacets(store: TailStore, matches: IdDeque, end: number, filters: readonly TailFacetFilter[]): readonly TailFacet[] {
  const { ring } = store;
  const counters = [
    counter('Severity', ring.severity, (id) => severityBands[id]!, (severity) => severityBand(severity)),
    counter('ServiceName', ring.service, (id) => (id === 0 ? null : store.services.text(id))),
    counter('DurableId', ring.durable, (id) => (id === 0 ? null : store.durables.text(id))),
    counter('Agent', ring.agent, (id) => store.agentName(id)),
    ...store.attributes.names.flatMap((name, index) => (store.attributes.isReady(index)
      ? [counter(name, ring.attributes[index]!, (id) => (id === attributeMissing || id === attributeOther ? null : store.attributes.values(index).text(id)))] : [])),
  ];
  for (let i = 0; i < end; i++) {
    const slot = ring.slot(matches.at(i));
    for (const { column, counts, map } of counters) {
      const value = map === null ? column[slot]! : map(column[slot]!);
      counts[value] = (counts[value] ?? 0) + 1;
    }
  }
  return counters.map((one) => labelled(facetOf(one, filters.find((filter) => filter.field === one.field)), store));
}

/** Templates are read, not their ids. */
function labelled(facet: TailFacet, store: TailStore): TailFacet {
  if (facet.field !== 'DurableId') return facet;
  return { ...facet, values: facet.values.map((value) => { const label = store.templateText(value.value); return label === undefined ? value : { ...value, label }; }) };
}

interface Counter { readonly field: string; readonly column: ArrayLike<number>; readonly counts: number[]; readonly map: ((value: number) => number) | null; readonly textOf: (id: number) => string | null }

function counter(field: string, column: ArrayLike<number>, textOf: (id: number) => string | null, map: ((value: number) => number) | null = null): Counter {
  return { field, column, counts: [], map, textOf };
}

/** Values by falling count (severities in their own order), unticked ones at the end; what is not listed is `other`. */
function facetOf(one: Counter, filter: TailFacetFilter | undefined): TailFacet {
  const byText = new Map<string, number>();
  let other = 0;
  one.counts.forEach((count, id) => {
    const text = one.textOf(id);
    if (text === null || text === '') other += count; else byText.set(text, (byText.get(text) ?? 0) + count);
  });
  const listed = [...byText].map(([value, count]) => ({ value, count, selected: true }));
  if (one.field !== fixedFacets[0]) listed.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  for (const rest of listed.splice(maxListed)) other += rest.count;
  const unticked = (filter?.only ?? filter?.excluded ?? []).filter((value) => !byText.has(value)).map((value) => ({ value, count: 0, selected: filter?.only !== undefined }));
  return { field: one.field, values: [...listed, ...unticked], other };
}

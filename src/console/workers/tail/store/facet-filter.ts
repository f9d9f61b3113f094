// Values that a person unticked, as flags per dictionary id, so that a row costs one array read per facet.
import type { TailFacetFilter } from '../types.ts';
import { attributeMissing, attributeOther } from './attribute-columns.ts';
import { severityLabel } from './severity.ts';
import type { TailStore } from './tail-store.ts';

/** The facets that are always there; any other field is an attribute. */
export const fixedFacets = ['Severity', 'ServiceName', 'DurableId', 'Agent'] as const;
export type SlotTest = (slot: number) => boolean;

/** A test over columns, or null when nothing is excluded. Dictionaries may grow while it is in use. */
export function compileFacetFilter(store: TailStore, filters: readonly TailFacetFilter[]): SlotTest | null {
  const tests = filters.filter((filter) => filter.only !== undefined || filter.excluded.length > 0).map((filter) => testOf(store, filter));
  if (tests.length === 0) return null;
  return tests.length === 1 ? tests[0]! : (slot) => tests.every((test) => test(slot));
}

function testOf(store: TailStore, filter: TailFacetFilter): SlotTest {
  const shows = shownBy(filter);
  const { ring } = store;
  if (filter.field === 'Severity') return remembering((slot) => ring.severity[slot]!, (severity) => shows(severityLabel(severity)));
  if (filter.field === 'ServiceName') return remembering((slot) => ring.service[slot]!, (id) => shows(store.services.text(id)));
  if (filter.field === 'DurableId') return remembering((slot) => ring.durable[slot]!, (id) => shows(store.durables.text(id)));
  if (filter.field === 'Agent') return (slot) => shows(store.agentName(ring.agent[slot]!));
  return attributeTest(store, filter.field, shows, filter.only === undefined);
}

function shownBy({ excluded, only }: TailFacetFilter): (value: string) => boolean {
  const values = new Set(only ?? excluded);
  return only === undefined ? (value) => !values.has(value) : (value) => values.has(value);
}

/** `without`: do rows without the attribute pass? They do when values are unticked, for that hides those values only. */
function attributeTest(store: TailStore, name: string, shows: (value: string) => boolean, without: boolean): SlotTest {
  return (slot) => {
    const index = store.attributes.indexOf(name);
    if (index < 0) return true;
    const id = store.ring.attributes[index]![slot]!;
    return id === attributeMissing || id === attributeOther ? without : shows(store.attributes.values(index).text(id));
  };
}

function remembering(valueOf: (slot: number) => number, passes: (value: number) => boolean): SlotTest {
  const answers: (boolean | undefined)[] = [];
  return (slot) => {
    const value = valueOf(slot);
    return answers[value] ??= passes(value);
  };
}

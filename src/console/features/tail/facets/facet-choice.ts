// What a person chose in the facets, as the URL holds it. Unticking hides the values named, and lets new ones show; "only"
// keeps the values named, so that a link to one service stays with that service when others appear. Pure.
import type { TailFacetFilter } from '../../../workers/tail/index.ts';

type ByField = Readonly<Record<string, readonly string[]>>;
/** A field is in one of the two at most: `only` goes before `off`. */
export interface FacetChoice { readonly off: ByField; readonly only: ByField }

/** What is said of a field: any name may be one, `constructor` too. */
export const chosenOf = (values: ByField, field: string): readonly string[] | undefined => (Object.hasOwn(values, field) ? values[field] : undefined);

/** Ticks or unticks a value: in the list of those kept when there is one, else in the list of those hidden. */
export function toggled({ off, only }: FacetChoice, field: string, value: string, on: boolean): FacetChoice {
  const kept = chosenOf(only, field);
  if (kept !== undefined) return { off, only: put(only, field, on ? [...kept, value] : kept.filter((one) => one !== value)) };
  const hidden = chosenOf(off, field) ?? [];
  return { off: put(off, field, on ? hidden.filter((one) => one !== value) : [...hidden, value]), only };
}

/** Keeps one value of the field; null shows all of them. */
export function onlyValue({ off, only }: FacetChoice, field: string, value: string | null): FacetChoice {
  return { off: put(off, field, []), only: put(only, field, value === null ? [] : [value]) };
}

export function facetFilters({ off, only }: FacetChoice): readonly TailFacetFilter[] {
  return [
    ...Object.entries(off).filter(([field]) => chosenOf(only, field) === undefined).map(([field, excluded]) => ({ field, excluded })),
    ...Object.entries(only).map(([field, values]) => ({ field, excluded: [], only: values })),
  ];
}

/** For the URL: undefined where there is nothing to say. */
export function choiceInUrl({ off, only }: FacetChoice): { readonly off: Record<string, string[]> | undefined; readonly only: Record<string, string[]> | undefined } {
  return { off: inUrl(off), only: inUrl(only) };
}

function inUrl(values: ByField): Record<string, string[]> | undefined {
  const entries = Object.entries(values);
  return entries.length === 0 ? undefined : Object.fromEntries(entries.map(([field, list]) => [field, [...list]]));
}

function put(values: ByField, field: string, list: readonly string[]): ByField {
  const { [field]: _before, ...rest } = values;
  return list.length === 0 ? rest : { ...rest, [field]: list };
}

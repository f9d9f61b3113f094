// The chart's series from the API's: few enough to tell apart, in token colours; and the busiest bucket. Pure.
import type { RedactionSeries } from '../../../../model/index.ts';
import type { TimeChartSeries } from '../../../ui/index.ts';

const colours = 8;
/** How the states are drawn; everything else takes the categories in order. */
const stateTokens: Readonly<Record<string, string>> = { masked: '--accent', residual: '--attn', ignored: '--text-3' };
const stateLabels: Readonly<Record<string, string>> = { masked: 'Masked', residual: 'Left unmasked', ignored: 'Let pass' };

/** Which colour each name has, from 0: a name keeps its colour, whatever its rank and also while it is away; one that comes takes the
 *  first that is free, and the place of one that is away when all are taken. The same object when nothing changed. */
export function assignSlots(before: ReadonlyMap<string, number>, { series }: Pick<RedactionSeries, 'series'>): ReadonlyMap<string, number> {
  const names = series.map(({ name }) => name).filter(name => name !== 'other').slice(0, colours);
  const fresh = names.filter(name => !before.has(name));
  if (fresh.length === 0) return before;
  // A name that is away keeps its colour for its return, until another needs it.
  const kept = new Map(before);
  for (const name of before.keys()) if (kept.size + fresh.length > colours && !names.includes(name)) kept.delete(name);
  const free = Array.from({ length: colours }, (_, i) => i).filter(slot => ![...kept.values()].includes(slot));
  for (const name of fresh) kept.set(name, free.shift()!);
  return kept;
}

export function chartSeries({ times, series }: RedactionSeries, byState: boolean, slots: ReadonlyMap<string, number> = assignSlots(new Map(), { series })): readonly TimeChartSeries[] {
  if (byState) return series.map(({ name, counts }) => ({ label: stateLabels[name] ?? name, token: stateTokens[name] ?? '--cat-1', values: counts }));
  const named = series.filter(({ name }) => slots.has(name)).toSorted((a, b) => slots.get(a.name)! - slots.get(b.name)!);
  const rest = series.filter(({ name }) => !slots.has(name));
  const other = times.map((_, i) => rest.reduce((sum, { counts }) => sum + (counts[i] ?? 0), 0));
  return [...named.map(({ name, counts }): TimeChartSeries => ({ label: name === '' ? 'none' : name, token: `--cat-${slots.get(name)! + 1}`, values: counts })), ...(rest.length > 0 ? [{ label: 'other', token: '--text-3', values: other }] : [])];
}

/** Without what allow-lists took out: no secret is known in it. */
export const secretsOnly = ({ series, ...rest }: RedactionSeries): RedactionSeries => ({ ...rest, series: series.filter(({ name }) => name !== 'allow-list') });

/** The bucket with most findings; null when there are none. */
export function busiest({ times, series }: RedactionSeries): { readonly at: number; readonly count: number } | null {
  let best: { at: number; count: number } | null = null;
  times.forEach((at, i) => {
    const count = series.reduce((sum, { counts }) => sum + (counts[i] ?? 0), 0);
    if (count > (best?.count ?? 0)) best = { at, count };
  });
  return best;
}

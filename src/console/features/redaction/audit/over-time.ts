// The chart's series from the API's: few enough to tell apart, in token colours; and the busiest bucket. Pure.
import type { RedactionSeries } from '../../../../model/index.ts';
import type { TimeChartSeries } from '../../../ui/index.ts';

const colours = 8;
/** How the states are drawn; everything else takes the categories in order. */
const stateTokens: Readonly<Record<string, string>> = { masked: '--accent', residual: '--attn', ignored: '--text-3' };
const stateLabels: Readonly<Record<string, string>> = { masked: 'Masked', residual: 'Left unmasked', ignored: 'Let pass' };

export function chartSeries({ times, series }: RedactionSeries, byState: boolean): readonly TimeChartSeries[] {
  if (byState) return series.map(({ name, counts }) => ({ label: stateLabels[name] ?? name, token: stateTokens[name] ?? '--cat-1', values: counts }));
  const named = series.filter(({ name }) => name !== 'other');
  const rest = [...named.slice(colours), ...series.filter(({ name }) => name === 'other')];
  const other = times.map((_, i) => rest.reduce((sum, { counts }) => sum + (counts[i] ?? 0), 0));
  return [...named.slice(0, colours).map(({ name, counts }, i): TimeChartSeries => ({ label: name === '' ? 'none' : name, token: `--cat-${i + 1}`, values: counts })), ...(rest.length > 0 ? [{ label: 'other', token: '--text-3', values: other }] : [])];
}

/** The bucket with most findings; null when there are none. */
export function busiest({ times, series }: RedactionSeries): { readonly at: number; readonly count: number } | null {
  let best: { at: number; count: number } | null = null;
  times.forEach((at, i) => {
    const count = series.reduce((sum, { counts }) => sum + (counts[i] ?? 0), 0);
    if (count > (best?.count ?? 0)) best = { at, count };
  });
  return best;
}

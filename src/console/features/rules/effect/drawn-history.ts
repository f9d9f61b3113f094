// A rule's history as the chart draws it: from where the rule has figures, so that a minute of life is not a sliver of an empty
// quarter of an hour. Pure.
import type { RuleHistory } from '../../../../model/index.ts';
import { formatDuration, type TimeChartMark, type TimeChartSeries } from '../../../ui/index.ts';

export interface DrawnHistory { readonly times: readonly number[]; readonly series: readonly TimeChartSeries[]; readonly marks: readonly TimeChartMark[]; readonly fromMs: number; readonly toMs: number; /** "2 m". */ readonly span: string }

const leastMs = 120_000;
/** Room before the first figure, for the mark of the deployment. */
const beforeMs = 5000;

/** @param name of the rule: the pane is about it, and labels need not repeat it. Null while there is no line to draw. */
export function drawnHistory(name: string, { points: all, marks }: RuleHistory): DrawnHistory | null {
  const measured = all.filter(({ matched }) => matched !== null);
  const [first, last] = [measured[0], all.at(-1)];
  if (measured.length < 2 || first === undefined || last === undefined) return null;
  const fromMs = Math.min(Math.max(all[0]!.t, first.t - beforeMs), last.t - leastMs);
  const points = all.filter(({ t }) => t >= fromMs);
  const line = (label: string, token: string, value: (point: (typeof points)[number]) => number | null): TimeChartSeries => ({ label, token, values: points.map(value) });
  return {
    fromMs, toMs: last.t, span: formatDuration(last.t - fromMs), times: points.map(({ t }) => t),
    series: [line('matched', '--cat-1', point => point.matched), line('removed', '--cat-6', point => point.removed), line('made', '--cat-3', point => point.emitted)],
    marks: marks.filter(({ t }) => t >= fromMs).map(({ t, label, kind }) => ({ at: t, label: label.startsWith(`${name} `) ? label.slice(name.length + 1) : label, tone: kind === 'breach' ? 'danger' : 'plain' })),
  };
}

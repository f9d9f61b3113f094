// Self and total of a function with their samples, how sure that is, and against what it was before.
import { useMemo } from 'react';
import type { Artifact } from '../../../../model/index.ts';
import { usePreferences } from '../../../state/index.ts';
import { formatClock, formatCount } from '../../../ui/index.ts';
import { takenAt } from '../list/profile-artifacts.ts';
import { changeOf, figuresOf, type Chosen } from '../model/chosen.ts';
import { changeText, formatWeight, percent, surePoints } from '../model/weight-words.ts';
import type { PaneProps } from '../pane-props.ts';

export function FunctionFigures({ scene, chosen, base }: PaneProps & { readonly chosen: Chosen; readonly base: Artifact | null }) {
  const zone = usePreferences(state => state.timeZone);
  const { merged, total, samples, weight, diff } = scene;
  const figures = useMemo(() => figuresOf(merged.tree, chosen.row), [merged, chosen.row]);
  const change = useMemo(() => (diff === null ? null : changeOf(diff, chosen.row)), [diff, chosen.row]);
  const words = (value: number, count: number) => `${weight.unit === 'count' ? '' : `${formatWeight(value, weight)}, `}${formatCount(count)} samples`;
  const points = change === null ? 0 : change.now.total - change.before.total;
  return (
    <>
      <dl className="prof-figures">
        <div><dt>Self</dt><dd className="prof-figure">{percent(figures.self, total)}</dd><dd className="meta t2">{words(figures.self, figures.selfSamples)}</dd></div>
        <div><dt>Total</dt><dd className="prof-figure">{percent(figures.total, total)}</dd><dd className="meta t2">{words(figures.total, figures.totalSamples)}</dd></div>
      </dl>
      <p className="meta t2">Sure to <b className="t1 md">± {surePoints(figures.total, total, samples)} points</b> (95 %, from the sample count)</p>
      {change !== null && <p className="meta"><b className={`md ${points >= 0.05 ? 'red' : points <= -0.05 ? 'prof-faster' : ''}`}>{changeText(points)}</b> <span className="t2">against {base === null ? 'the other' : formatClock(takenAt(base), zone)}{change.before.totalSamples === 0 ? '; absent before' : change.now.totalSamples === 0 ? '; absent now' : ''}</span></p>}
    </>
  );
}

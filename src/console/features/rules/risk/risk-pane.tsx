// Risk on five axes: before deployment from the text, after it from what was measured, one over the other.
import { useMemo, useState } from 'react';
import type { RuleDetail } from '../../../../model/index.ts';
import { estimateRisk, measuredRisk, riskAxes, type CompiledRule, type RiskAxis, type RiskReport } from '../../../../rules/index.ts';
import { Chip, EmptyState, Pane, PaneHeader, RadarChart, type ChipTone, type RadarSeries } from '../../../ui/index.ts';
import '../dry-run/dry-run.css';
import type { DryRun } from '../dry-run/index.ts';
import { useTailValue } from '../services.tsx';
import { factsOf, measuredOf } from './risk-facts.ts';

export interface RiskPaneProps {
  /** Null while the text has errors. */
  readonly rule: CompiledRule | null;
  /** Of the text in hand; null when there is none. */
  readonly dryRun: DryRun | null;
  /** The rule as it runs; null when it is not deployed. */
  readonly deployed: RuleDetail | null;
}

export function RiskPane({ rule, dryRun, deployed }: RiskPaneProps) {
  const ratio = useTailValue(state => state.ratio);
  const share = dryRun !== null && dryRun.controls.source.kind !== 'records' ? ratio : 1;
  const facts = useMemo(() => factsOf(dryRun, share), [dryRun, share]);
  const estimated = useMemo(() => rule === null ? null : estimateRisk(rule, facts), [rule, facts]);
  const measured = useMemo(() => rule === null || deployed === null ? null : measuredRisk(rule, measuredOf(deployed), facts), [rule, deployed, facts]);
  const judged = { estimated, measured: deployed?.effect.matchedPerSecond == null ? null : measured };
  const { shown, stale } = useLastJudged(judged, rule !== null && dryRun !== null);
  return <RiskView {...shown} stale={stale} runs={deployed === null ? null : { version: deployed.deployedVersion, shadow: deployed.mode === 'shadow' }} />;
}

type Judgement = Pick<RiskViewProps, 'estimated' | 'measured'>;

/** While the text is being typed, the last judgement that rested on a valid text and its dry run: one that comes and goes says nothing. */
function useLastJudged(judged: Judgement, settled: boolean): { readonly shown: Judgement; readonly stale: boolean } {
  const [last, setLast] = useState<Judgement | null>(null);
  if (settled && (last === null || last.estimated !== judged.estimated || last.measured !== judged.measured)) setLast(judged);
  return settled || last === null ? { shown: judged, stale: false } : { shown: last, stale: true };
}

export interface RiskViewProps {
  /** Null while the text has errors. */
  readonly estimated: RiskReport | null;
  /** Null until the rule has run. */
  readonly measured: RiskReport | null;
  /** What runs on the agents, which may be another version than the text in hand; null when nothing does. */
  readonly runs?: { readonly version: number | null; readonly shadow: boolean } | null;
  /** The text has been edited since. */
  readonly stale?: boolean;
}

const names: Readonly<Record<RiskAxis, string>> = { privacy: 'Privacy', security: 'Security', reliability: 'Reliability', cost: 'Cost', performance: 'Performance' };
const tones: Readonly<Record<RiskReport['level'], ChipTone>> = { low: 'accent', medium: 'attn', high: 'danger' };

export function RiskView({ estimated, measured, runs = null, stale = false }: RiskViewProps) {
  const shown = measured ?? estimated;
  const meta = measured !== null ? `measured of version ${runs?.version ?? '?'}, which runs${runs?.shadow === true ? ' in shadow' : ''}` : runs !== null ? 'estimated; not measured yet, agents report within seconds' : 'before, estimated';
  return (
    <Pane label="Risk" className="grow">
      <PaneHeader title="Risk" meta={meta}>{shown !== null && <Chip tone={stale ? 'plain' : tones[shown.level]}>{shown.level} {score(shown.overall)}</Chip>}</PaneHeader>
      {stale && <div className="rules-range rules-stale-bar" role="status"><b className="amb md">From the text before your edit.</b></div>}
      {shown === null ? <EmptyState title="Not judged yet">The risk is worked out from the rule as soon as the text has no error.</EmptyState> : <div className={stale ? 'col grow rules-stale' : 'col grow'}><Judged estimated={estimated} measured={measured} shown={shown} /></div>}
    </Pane>
  );
}

function Judged({ estimated, measured, shown }: RiskViewProps & { readonly shown: RiskReport }) {
  const series: readonly RadarSeries[] = [
    ...(estimated === null ? [] : [{ label: 'Estimated', token: '--cat-1', values: valuesOf(estimated), dashed: measured !== null }]),
    ...(measured === null ? [] : [{ label: 'Measured', token: '--accent', values: valuesOf(measured) }]),
  ];
  return (
    <div className="scroll grow rules-risk-box" tabIndex={0} role="region" aria-label="Risk, axis by axis">
      <div className="rules-risk">
        <RadarChart label={sentence(estimated, measured)} axes={riskAxes.map(axis => `${names[axis]} ${score(shown.axes[axis].score)}`)} max={10} series={series} height={190} />
        <dl>{riskAxes.map(axis => <Axis key={axis} axis={axis} shown={shown} before={measured === null ? null : estimated} />)}</dl>
      </div>
    </div>
  );
}

function Axis({ axis, shown, before }: { readonly axis: RiskAxis; readonly shown: RiskReport; readonly before: RiskReport | null }) {
  const { score: value, reasons } = shown.axes[axis];
  return (
    <>
      <dt>{names[axis]} <span className="num">{score(value)}</span>{before !== null && <span className="t3">{unmeasured.has(axis) ? 'from the text' : `measured${before.axes[axis].score === value ? '' : `, estimated ${score(before.axes[axis].score)}`}`}</span>}</dt>
      <dd>{reasons.length === 0 ? 'Nothing speaks against it.' : <ul>{reasons.map(reason => <li key={reason}>{reason}</li>)}</ul>}</dd>
    </>
  );
}

/** No counter says anything of these. */
const unmeasured: ReadonlySet<RiskAxis> = new Set(['privacy', 'security']);

const valuesOf = (report: RiskReport): readonly number[] => riskAxes.map(axis => report.axes[axis].score);
const score = (value: number): string => String(Math.round(value * 10) / 10);
const said = (report: RiskReport): string => riskAxes.map(axis => `${names[axis]} ${score(report.axes[axis].score)}`).join(', ');

function sentence(estimated: RiskReport | null, measured: RiskReport | null): string {
  return [estimated === null ? '' : `Estimated risk of 10: ${said(estimated)}.`, measured === null ? '' : `Measured: ${said(measured)}.`].filter(Boolean).join(' ');
}

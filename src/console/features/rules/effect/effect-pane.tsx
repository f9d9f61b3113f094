// What a deployed rule does, measured on the agents: rates before and after, its cost, and which agents have it.
import { useMemo, useState, type ReactNode } from 'react';
import { useRuleHistory } from '../../../api/index.ts';
import type { AgentSummary, RuleHistory, RuleSummary } from '../../../../model/index.ts';
import { Chip, EmptyState, formatCount, formatPercent, formatRate, Pane, PaneHeader, plural, Time, TimeChart } from '../../../ui/index.ts';

export interface EffectPaneProps { readonly rule: RuleSummary; readonly agents: readonly AgentSummary[] }

const historySeconds = 900;

export function EffectPane({ rule, agents }: EffectPaneProps) {
  const history = useRuleHistory(rule.deployedAt === null ? null : rule.id, historySeconds).data;
  const live = rule.state === 'deployed';
  const totals = useLastTotals(rule);
  const failed = agents.filter(agent => agent.configStatus === 'failed');
  return (
    <Pane label="Measured effect">
      <PaneHeader title="Measured effect" meta={live && rule.deployedAt !== null ? <>v{rule.deployedVersion} since <Time at={rule.deployedAt} show="clock" /></> : undefined}><Reach rule={rule} /></PaneHeader>
      {live && failed.map(agent => <p key={agent.id} className="rules-failed"><b className="red md">{agent.name} refused the rules.</b> {agent.configError || 'It gave no reason.'} It goes on with its last good ones.</p>)}
      {rule.breaches.map(({ agent, at, reason }) => <p key={agent} className="rules-failed"><b className="red md">It turned itself off on {agent} <Time at={at} show="relative" />.</b> {reason} Its records pass. Deploy it again to arm it.</p>)}
      {live && rule.effect.overBudget != null && <p className="rules-failed"><b className="amb md">Over its budget.</b> {rule.effect.overBudget} It redacts, so it goes on: turning it off would leak. Give it a larger budget, or narrow what it looks at.</p>}
      {live && rule.mode === 'shadow' && <p className="rules-shadow"><b className="md">Shadow.</b> Every record passes; below is what the rule would have done.</p>}
      {live ? <Figures effect={rule.effect} /> : <EmptyState title={rule.deployedAt === null ? 'Not deployed yet' : 'Not running now'}>{rule.deployedAt === null ? 'Rates before and after appear here seconds after you deploy.' : <>{totals !== null && `Before it was disabled it matched ${plural(totals.matched, 'record')} and removed ${formatCount(totals.removed)}. `}Records pass untouched by it; deploy it to measure again.</>}</EmptyState>}
      {history !== undefined && <EffectChart history={history} />}
    </Pane>
  );
}

/** Totals come from agents that run the rule, so they end with it: the last ones seen on this page, or null. */
function useLastTotals({ state, effect: { matched, removed } }: RuleSummary): { readonly matched: number; readonly removed: number } | null {
  const [last, setLast] = useState<{ readonly matched: number; readonly removed: number } | null>(null);
  if (matched > 0 && (last === null || (state === 'deployed' && (last.matched !== matched || last.removed !== removed)))) setLast({ matched, removed });
  return last;
}

function Reach({ rule }: { readonly rule: RuleSummary }) {
  if (rule.state !== 'deployed') return null;
  const all = rule.appliedAgents >= rule.targetAgents && rule.targetAgents > 0;
  return <Chip tone={all ? 'accent' : 'pending'}>on {rule.appliedAgents} of {plural(rule.targetAgents, 'agent')}</Chip>;
}

function Figures({ effect }: { readonly effect: RuleSummary['effect'] }) {
  const { would } = effect;
  return (
    <dl className="rules-effect" aria-live="off">
      <Fact wide label="Records out of the agents, before and after">{effect.outBeforePerSecond === null ? <span className="t3">before: not measured</span> : <s>{formatRate(effect.outBeforePerSecond)}</s>} → <Rate value={effect.outAfterPerSecond} /></Fact>
      <Fact label="Matched"><Rate value={effect.matchedPerSecond} /></Fact>
      <Fact label={would === undefined ? 'Removed' : 'Would remove'}><Rate value={(would ?? effect).removedPerSecond} sign="− " /></Fact>
      <Fact label={would === undefined ? 'Made' : 'Would make'}><Rate value={(would ?? effect).emittedPerSecond} sign="+ " /></Fact>
      <Fact label="CPU of one core">{effect.cpuShare === null ? <span className="t3">measuring</span> : formatPercent(effect.cpuShare, 2)}</Fact>
      <Fact wide label="Since deployment">{formatCount(effect.matched)} <s>{effect.matched === 0 ? 'matched: no record matched since deployment' : `matched, ${formatCount((would ?? effect).removed)} ${would === undefined ? '' : 'would be '}removed`}</s></Fact>
      {effect.errors > 0 && <Fact wide label="Errors"><b className="red">{formatCount(effect.errors)}</b> <s>{effect.lastError ?? 'no reason given'}</s></Fact>}
    </dl>
  );
}

function Fact({ label, wide = false, children }: { readonly label: string; readonly wide?: boolean; readonly children: ReactNode }) {
  return <div className={wide ? 'wide' : undefined}><dt>{label}</dt><dd>{children}</dd></div>;
}

function Rate({ value, sign = '' }: { readonly value: number | null; readonly sign?: string }) {
  return value === null ? <span className="t3">measuring</span> : <>{value === 0 ? '' : sign}{formatRate(value)}<s>/s</s></>;
}

/** The last quarter of an hour as the BFF has it, whoever had this page open; deployments, breaches and ends as marks. */
function EffectChart({ history }: { readonly history: RuleHistory }) {
  const drawn = useMemo(() => ({
    times: history.points.map(point => point.t),
    series: [
      { label: 'matched', token: '--cat-1', values: history.points.map(point => point.matched) },
      { label: 'removed', token: '--cat-6', values: history.points.map(point => point.removed) },
      { label: 'made', token: '--cat-3', values: history.points.map(point => point.emitted) },
    ],
    marks: history.marks.filter(mark => mark.t >= (history.points[0]?.t ?? 0)).map(mark => ({ at: mark.t, label: mark.label, tone: mark.kind === 'breach' ? 'danger' as const : 'plain' as const })),
  }), [history]);
  if (history.points.length < 2) return null;
  return (
    <div className="rules-effect-chart">
      <div className="legend nw" title="Per second, over the fleet, the last 15 minutes">{drawn.series.map(each => <span key={each.label}><i style={{ background: `var(${each.token})` }} />{each.label}</span>)}</div>
      <TimeChart label="Records matched, removed and made by this rule per second, the last 15 minutes" times={drawn.times} series={drawn.series} marks={drawn.marks} unit="/s" height={104} />
    </div>
  );
}

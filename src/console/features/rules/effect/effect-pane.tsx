// What a deployed rule does, measured on the agents: what it takes and makes now beside all that comes in, its cost, and which agents
// have it. The fleet's traffic before the deployment is not compared with: it changes by itself.
import { useMemo, useState, type ReactNode } from 'react';
import { bytes } from '../../../../cost/index.ts';
import { leftByRules, liveFigures, useOverview, useRuleHistory, type Figures } from '../../../api/index.ts';
import type { AgentSummary, RuleDetail, RuleHistory, RuleSummary } from '../../../../model/index.ts';
import { Button, Chip, EmptyState, formatCount, formatPercent, formatRate, Pane, PaneHeader, plural, Time, TimeChart } from '../../../ui/index.ts';
import { useRuleCommands } from '../commands/index.ts';
import { EnableAgain } from '../list/index.ts';
import { useFirings } from '../net/index.ts';
import { breachWords } from '../words/breach-words.ts';
import { doingWords } from '../words/doing-words.ts';
import { runningSeries } from '../words/series.ts';
import { downstreamOf, type Downstream } from './downstream.ts';
import { drawnHistory } from './drawn-history.ts';
import { NetEffect } from './net-effect.tsx';

export interface EffectPaneProps { readonly rule: RuleDetail; readonly agents: readonly AgentSummary[] }

const historySeconds = 900;

export function EffectPane({ rule, agents }: EffectPaneProps) {
  const history = useRuleHistory(rule.deployedAt === null ? null : rule.id, historySeconds).data;
  const overview = useOverview().data;
  const fleet = overview === undefined ? null : liveFigures(overview);
  const series = runningSeries(rule);
  const live = rule.state === 'deployed';
  const over = live && runsNowhere(rule);
  const isNet = rule.kind === 'state-machine';
  const firings = useFirings(rule);
  const failed = agents.filter(agent => agent.configStatus === 'failed');
  return (
    <Pane label="Measured effect">
      <PaneHeader title="Measured effect" meta={live && rule.deployedAt !== null ? <>v{rule.deployedVersion} since <Time at={rule.deployedAt} show="clock" /></> : undefined}><Reach rule={rule} /><AgainButton rule={rule} /></PaneHeader>
      {live && failed.map(agent => <p key={agent.id} className="rules-failed"><b className="red md">{agent.name} refused the rules.</b> {agent.configError || 'It gave no reason.'} It goes on with its last good ones.</p>)}
      {rule.breaches.map(({ agent, at, kind, reason }) => <p key={agent} className="rules-failed"><b className="red md">It {breachWords(kind).did} on {agent} <Time at={at} show="relative" />.</b> {reason} {breachWords(kind).next}</p>)}
      {live && rule.effect.overBudget != null && <p className="rules-failed"><b className="amb md">Over its budget.</b> {rule.effect.overBudget} It redacts, so it goes on: turning it off would leak. Give it a larger budget, or narrow what it looks at.</p>}
      {series !== null && <p className="rules-failed"><b className={series.kind === 'overflow' ? 'red md' : 'amb md'}>{series.strong}.</b> {series.rest}</p>}
      {live && rule.mode === 'shadow' && <p className="rules-shadow"><b className="md">Shadow.</b> Every record passes; below is what the rule would have done.</p>}
      {!live ? <NotRunning rule={rule} /> : over ? <EmptyState title="It runs nowhere now">What it did before that is in its history. Deploy it again once the reason above is mended.</EmptyState> : isNet ? <NetEffect effect={rule.effect} firings={firings} /> : <Now effect={rule.effect} all={fleet?.in ?? null} />}
      {history !== undefined && !isNet && <EffectChart name={rule.name} history={history} />}
      {live && !over && !isNet && <Around effect={rule.effect} fleet={fleet} downstream={downstreamOf(agents)} />}
    </Pane>
  );
}

/** Why it does not run, and what it had done by then. */
function NotRunning({ rule }: { readonly rule: RuleSummary }) {
  const { ended, kind, effect: { matched, removed } } = rule;
  const looksOn = kind === 'state-machine' || kind === 'language';
  const done = matched > 0 && !looksOn && ` Before that it matched ${plural(matched, 'record')} and removed ${formatCount(removed)}.`;
  const now = looksOn ? doingWords(kind).after : 'Records pass untouched by it.';
  if (rule.deployedAt === null) return <EmptyState title="Not deployed yet">What it takes and makes appears here seconds after you deploy.</EmptyState>;
  if (ended === null) return <EmptyState title="Not running now">{now} {doingWords(kind).deploy} it to measure again.{done}</EmptyState>;
  return (
    <EmptyState title={ended.reason === 'expired' ? 'Expired' : 'Not running now'}>
      {ended.reason === 'expired' ? 'Its time was over: it ended by itself' : `${ended.by} ${doingWords(kind).disabled} it`} <Time at={ended.at} show="both" />.{done} {now}
    </EmptyState>
  );
}

/** In the head of the pane: messages come up over its lower part. */
function AgainButton({ rule }: { readonly rule: RuleSummary }) {
  const commands = useRuleCommands();
  const [asking, setAsking] = useState(false);
  if (rule.state === 'deployed' || rule.ended === null) return null;
  return (
    <>
      <Button size="s" onClick={() => setAsking(true)}>{doingWords(rule.kind).again}</Button>
      <EnableAgain rule={asking ? rule : null} onClose={() => setAsking(false)} onConfirm={(which, expires) => void commands.enableAgain(which, expires)} />
    </>
  );
}

function Reach({ rule }: { readonly rule: RuleSummary }) {
  if (rule.state !== 'deployed') return null;
  if (runsNowhere(rule)) return <Chip tone="danger">runs on 0 of {plural(rule.targetAgents, 'agent')}</Chip>;
  const all = rule.appliedAgents >= rule.targetAgents && rule.targetAgents > 0;
  return <Chip tone={all ? 'accent' : 'pending'}>on {rule.appliedAgents} of {plural(rule.targetAgents, 'agent')}</Chip>;
}

/** Every agent that should run it has it turned off, ended or refused. */
const runsNowhere = ({ breaches, targetAgents }: Pick<RuleSummary, 'breaches' | 'targetAgents'>): boolean => targetAgents > 0 && new Set(breaches.map(({ agent }) => agent)).size >= targetAgents;

/** What this rule does. */
function Now({ effect, all }: { readonly effect: RuleSummary['effect']; /** Records a second that come in, all of them. */ readonly all: number | null }) {
  const { would } = effect;
  const done = would ?? effect;
  return (
    <dl className="rules-effect" aria-live="off">
      <Fact label="Matched"><Rate value={effect.matchedPerSecond} />{all !== null && all > 0 && <s>{besideAll(effect.matchedPerSecond ?? 0, all)}</s>}</Fact>
      <Fact label={would === undefined ? 'Removed' : 'Would remove'}><Rate value={done.removedPerSecond} sign="− " />{done.bytesRemovedPerSecond != null && done.bytesRemovedPerSecond > 0 && <s>, {bytes(done.bytesRemovedPerSecond)}/s</s>}</Fact>
      <Fact label={would === undefined ? 'Made' : 'Would make'}><Rate value={done.emittedPerSecond} sign="+ " /></Fact>
      <Fact label="CPU of one core">{effect.cpuShare === null ? <span className="t3">measuring</span> : formatPercent(effect.cpuShare, 2)}</Fact>
    </dl>
  );
}

/** "of 424/s in"; not of less than itself: what comes in is of the last seconds, a rule's rate of a longer span, and traffic moves. */
const besideAll = (matched: number, all: number): string => (matched <= all ? ` of ${formatRate(all)}/s in` : ` of late, beside ${formatRate(all)}/s in just now`);

/** What all rules do, and what this one has done. */
function Around({ effect, fleet, downstream }: { readonly effect: RuleSummary['effect']; /** Over the seconds of the status bar. */ readonly fleet: Figures | null; readonly downstream: Downstream }) {
  const { would } = effect;
  const done = would ?? effect;
  return (
    <dl className="rules-effect">
      <Fact wide label="All rules together, now"><Rate value={fleet?.in ?? null} /> <s>in</s> → <Left rate={fleet === null ? null : leftByRules(fleet)} downstream={downstream} /></Fact>
      <Fact wide label="Since deployment">{formatCount(effect.matched)} <s>{effect.matched === 0 ? 'matched: no record matched since deployment' : `matched, ${formatCount(done.removed)} ${would === undefined ? '' : 'would be '}removed`}</s></Fact>
      {effect.errors > 0 && <Fact wide label="Errors"><b className="red">{formatCount(effect.errors)}</b> <s>{effect.lastError ?? 'no reason given'}</s></Fact>}
    </dl>
  );
}

/** What the rules leave goes nowhere without a downstream: only what goes to one is "out". */
function Left({ rate, downstream }: { readonly rate: number | null; readonly downstream: Downstream }) {
  return (
    <>
      <Rate value={rate} /> <s>left by the rules</s>
      {downstream.kind === 'none' && <s className="rules-effect-why">counted and thrown away: no downstream is configured, so nothing goes out</s>}
      {downstream.kind === 'some' && <s className="rules-effect-why">of it the part of {downstream.without.join(', ')} is thrown away: no downstream there</s>}
    </>
  );
}

function Fact({ label, wide = false, children }: { readonly label: string; readonly wide?: boolean; readonly children: ReactNode }) {
  return <div className={wide ? 'wide' : undefined}><dt>{label}</dt><dd>{children}</dd></div>;
}

function Rate({ value, sign = '' }: { readonly value: number | null; readonly sign?: string }) {
  return value === null ? <span className="t3">measuring</span> : <>{value === 0 ? '' : sign}{formatRate(value)}<s>/s</s></>;
}

/** The last quarter of an hour as the BFF has it, or as much of it as the rule ran; deployments, breaches and ends as marks. */
function EffectChart({ name, history }: { readonly name: string; readonly history: RuleHistory }) {
  const drawn = useMemo(() => drawnHistory(name, history), [name, history]);
  if (drawn === null) return null;
  return (
    <div className="rules-effect-chart">
      <div className="legend nw" title={`Per second, over the fleet, the last ${drawn.span}`}>{drawn.series.map(each => <span key={each.label}><i style={{ background: `var(${each.token})` }} />{each.label}</span>)}</div>
      <TimeChart label={`Records matched, removed and made by this rule per second, the last ${drawn.span}`} times={drawn.times} series={drawn.series} marks={drawn.marks} fromMs={drawn.fromMs} toMs={drawn.toMs} unit="/s" height={104} />
    </div>
  );
}

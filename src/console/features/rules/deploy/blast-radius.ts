// What a deployment will do, in lines a person reads before pressing the button: where, how much, what becomes of it.
import { bytes } from '../../../../cost/index.ts';
import type { MachinePlan } from '../../../../engine/index.ts';
import type { Plan } from '../../../../kql/index.ts';
import type { AgentLanguage, AgentSummary, PriceTable, RedactionPolicy, RuleMode, RuleSummary } from '../../../../model/index.ts';
import { dailySaving, seriesWarning, type LanguageDryRunResult, type QueryDryRunResult } from '../../../../rules/index.ts';
import { formatCount, formatDuration, formatPercent, formatRate, plural } from '../../../ui/index.ts';
import { meaningfulSpanMs, money, rateSpanMs, savedPerMonth, tellingSpanMs } from '../dry-run/index.ts';
import { netLines, scriptLines } from './net-lines.ts';
import { allowWarning, ignores, policyFate } from '../words/policies.ts';
import { matchesEverything, removesRecords, sinkWords } from '../words/sinks.ts';
import type { LiveConflict } from './live-conflicts.ts';

export interface BlastLine { readonly tone: 'plain' | 'attention' | 'danger'; readonly strong: string; readonly rest: string }

export interface BlastFacts {
  /** Of a query; null of a policy. */
  readonly plan: Plan | null;
  readonly policy?: RedactionPolicy | null;
  /** Of a net. */
  readonly machine?: MachinePlan | null;
  /** Of a script. */
  readonly language?: AgentLanguage | null;
  /** Its dry run; null when none was run on this text. */
  readonly scriptRun?: LanguageDryRunResult | null;
  /** Flight recorders that a net names and that do not exist. */
  readonly unknownRecorders?: readonly string[];
  /** Null when none was run on this text. */
  readonly dryRun: QueryDryRunResult | null;
  /** How long the dry run's tail had listened, gaps left out, milliseconds. */
  readonly coveredMs: number;
  readonly agents: readonly Pick<AgentSummary, 'name' | 'connected' | 'kind'>[];
  /** What runs now; null when nothing does. */
  readonly rule: Pick<RuleSummary, 'deployedVersion' | 'mode' | 'effect'> | null;
  readonly version: number;
  /** Share of records that the tail held; below 1 the rates are estimates. */
  readonly tailRatio: number;
  /** Null while they are not known. */
  readonly prices?: PriceTable | null;
  /** With the rules that run now. */
  readonly conflicts: readonly LiveConflict[];
}

const listedConflicts = 4;

/** In shadow nothing is done: every line says what would be. */
export function blastRadius(facts: BlastFacts, mode: RuleMode): readonly BlastLine[] {
  const { plan, policy = null, machine = null, language = null } = facts;
  const shadow = mode === 'shadow';
  if (machine !== null) return [agentLine(facts.agents), ...netLines(machine, mode, facts.unknownRecorders), ...replacedLines(facts, shadow)];
  if (language !== null) return [agentLine(facts.agents), ...scriptLines(language, mode, facts.scriptRun ?? null), ...replacedLines(facts, shadow)];
  const lines = [agentLine(facts.agents), ...rateLines(facts, shadow), ...conflictLines(facts.conflicts)];
  if (shadow) lines.push(line('Every record', 'passes as if the rule were not there; it only counts.'));
  else if (plan?.sink) lines.push(fateLine(sinkWords(plan.sink).fate));
  else if (policy !== null) lines.push(...policyLines(policy));
  if (plan?.sink && removesRecords(plan.sink) && matchesEverything(plan)) lines.push(line('There is no where', `every record of ${plan.table} ${shadow ? 'would be' : 'is'} matched.`, 'attention'));
  return [...lines, ...replacedLines(facts, shadow)];
}

function policyLines(policy: RedactionPolicy): BlastLine[] {
  const warning = allowWarning(policy);
  const through = ignores(policy);
  return [
    line('Then', policyFate(policy)),
    ...(warning === null ? [] : [line('Fail closed', warning, 'attention')]),
    ...(through === 0 ? [] : [line(plural(through, 'entry', 'entries'), `let${through === 1 ? 's' : ''} findings through, each for its reason.`)]),
  ];
}

function replacedLines({ rule, version }: BlastFacts, shadow: boolean): BlastLine[] {
  if (rule?.deployedVersion == null) return [];
  if (shadow && rule.mode === 'live') return [line(`Version ${rule.deployedVersion}`, `acts now and stops acting${rule.effect.removedPerSecond ? `: ${formatRate(rule.effect.removedPerSecond)}/s that it removes leave again` : ''}.`, 'attention')];
  return rule.deployedVersion === version ? [] : [line(`Version ${version}`, `replaces version ${rule.deployedVersion}, which runs ${rule.mode === 'shadow' ? 'in shadow ' : ''}now.`)];
}

function conflictLines(conflicts: readonly LiveConflict[]): BlastLine[] {
  const lines = conflicts.slice(0, listedConflicts).map(({ loser, level, message }) => line(loser, `${message.slice(loser.length).trimStart()}`, level === 'never' ? 'attention' : 'plain'));
  return conflicts.length > listedConflicts ? [...lines, line(`${plural(conflicts.length - listedConflicts, 'more conflict')}`, 'with rules that run now.')] : lines;
}

function agentLine(agents: BlastFacts['agents']): BlastLine {
  const ours = agents.filter(agent => agent.kind === 'weir');
  const away = ours.filter(agent => !agent.connected);
  if (ours.length === 0) return line('No agent', 'is known yet; the rule waits for the first one.', 'attention');
  const names = ours.length <= 4 ? `${ours.map(agent => agent.name).join(', ')}; ` : '';
  const reach = away.length === 0 ? 'reachable now' : `${ours.length - away.length} reachable now, ${away.length === 1 ? 'one follows' : `${away.length} follow`} on return`;
  return line(plural(ours.length, 'agent'), `${names}${reach}.`, away.length === 0 ? 'plain' : 'attention');
}

function rateLines(facts: BlastFacts, shadow: boolean): BlastLine[] {
  const { dryRun, coveredMs, tailRatio, plan } = facts;
  if (dryRun === null) return [line('No dry run', `of this text yet: how much it ${shadow ? 'would match' : 'matches'} is not known.`, 'attention')];
  if (dryRun.scanned === 0 || coveredMs <= 0) return [line('Nothing to measure', `no record of ${tableWords(plan, 'any signal')} has come yet.`, 'attention')];
  if (dryRun.matched === 0) return [nothingMatched(facts, dryRun)];
  const scale = tailRatio > 0 && tailRatio < 1 ? 1 / tailRatio : 1;
  const about = scale === 1 && coveredMs >= meaningfulSpanMs ? '' : '≈ ';
  const perSecond = (count: number) => (count * scale * 1000) / coveredMs;
  // Too short a time makes no rate: then the counts themselves are said.
  const tells = coveredMs >= rateSpanMs;
  const rate = (count: number) => (tells ? `${about}${formatRate(perSecond(count))}/s` : `${formatCount(count)} in ${formatDuration(coveredMs)}`);
  const would = shadow ? 'would ' : '';
  const lines = [line(rate(dryRun.matched), `${shadow ? 'would match' : 'matched'}, ${formatPercent(dryRun.matched / dryRun.scanned)} of ${tableWords(plan, 'all records')}${facts.conflicts.some(({ own }) => own) ? ', as they come, before other rules' : ''}.`)];
  const saved = tells && dryRun.bytesBefore > dryRun.bytesAfter ? `, ${about}${bytes(perSecond(dryRun.bytesBefore - dryRun.bytesAfter))}/s less` : '';
  if (dryRun.removed > 0) lines.push(line(`− ${rate(dryRun.removed)}`, `${would}no longer leave${saved}.`));
  if (dryRun.changed > 0) lines.push(line(rate(dryRun.changed), `${would}leave changed.`));
  if (dryRun.emitted > 0) lines.push(line(`+ ${rate(dryRun.emitted)}`, shadow ? 'metric points would be made.' : 'metric points made.'));
  lines.push(...moneyLines(facts, dryRun, shadow));
  const series = seriesWarning(dryRun);
  if (series !== null) lines.push(line(series.strong, series.rest, 'danger'));
  return lines;
}

/** Worth as the dry run says it. */
function moneyLines({ coveredMs, tailRatio, prices = null }: BlastFacts, dryRun: QueryDryRunResult, shadow: boolean): BlastLine[] {
  const saving = coveredMs < meaningfulSpanMs ? null : dailySaving(dryRun, coveredMs, tailRatio);
  const perMonth = saving === null || saving.rates.length === 0 ? null : savedPerMonth(saving.rates, prices);
  if (perMonth === null || prices === null) return [];
  return [line(`${money(Math.abs(perMonth), prices.currency)} a month`, `${perMonth < 0 ? 'more' : 'less'}${shadow ? ', once it is live' : ''}, at today's rate: that of the ${formatDuration(coveredMs)} of the dry run.`, perMonth < 0 ? 'attention' : 'plain')];
}

const tableWords = (plan: Plan | null, all: string): string => plan === null || plan.table === 'source' ? all : plan.table;

/** What runs now matches records at a rate that would have shown in the time that was covered. */
function nothingMatched({ rule, coveredMs, tailRatio }: BlastFacts, { scanned }: QueryDryRunResult): BlastLine {
  const read = `of ${plural(scanned, 'record')} in ${formatDuration(coveredMs)} before rules`;
  const matchesNow = rule?.effect.matchedPerSecond ?? 0;
  if (rule?.deployedVersion != null && (matchesNow * coveredMs * Math.min(1, tailRatio)) / 1000 >= tellingCount) return line('Nothing matched', `${read}, and version ${rule.deployedVersion}, which runs now, matches ${formatRate(matchesNow)}/s. The new text may miss them.`, 'attention');
  if (coveredMs < tellingSpanMs) return line('Nothing matched yet', `${read}; too little to tell.`);
  return line('Nothing matched', `${read}; the rule may do nothing.`, 'attention');
}

/** So many matches are not missed by chance. */
const tellingCount = 5;

const line = (strong: string, rest: string, tone: BlastLine['tone'] = 'plain'): BlastLine => ({ tone, strong, rest });
/** "They stop …" is said of the matched records by name. */
const fateLine = (fate: string) => fate.startsWith('They ') ? line('Matched records', fate.slice('They '.length)) : line('Then', fate);

// What a deployment will do, in lines a person reads before pressing the button: where, how much, what becomes of it.
import type { Plan } from '../../../../kql/index.ts';
import type { AgentSummary, RuleSummary } from '../../../../model/index.ts';
import type { DryRunResult } from '../../../workers/tail/index.ts';
import { formatBytes, formatDuration, formatPercent, formatRate, plural } from '../../../ui/index.ts';
import { meaningfulSpanMs, tellingSpanMs } from '../dry-run/index.ts';
import { matchesEverything, removesRecords, sinkWords } from '../words/sinks.ts';

export interface BlastLine { readonly tone: 'plain' | 'attention'; readonly strong: string; readonly rest: string }

export interface BlastFacts {
  readonly plan: Plan;
  /** Null when none was run on this text. */
  readonly dryRun: DryRunResult | null;
  /** How long the dry run's tail had listened, gaps left out, milliseconds. */
  readonly coveredMs: number;
  readonly agents: readonly Pick<AgentSummary, 'name' | 'connected' | 'kind'>[];
  readonly rule: Pick<RuleSummary, 'deployedVersion'> | null;
  readonly version: number;
  /** Share of records that the tail held; below 1 the rates are estimates. */
  readonly tailRatio: number;
}

export function blastRadius(facts: BlastFacts): readonly BlastLine[] {
  const { plan, rule, version } = facts;
  const lines = [agentLine(facts.agents), ...rateLines(facts)];
  if (plan.sink !== null) lines.push(fateLine(sinkWords(plan.sink).fate));
  if (plan.sink !== null && removesRecords(plan.sink) && matchesEverything(plan)) lines.push(line('There is no where', `every record of ${plan.table} is matched.`, 'attention'));
  if (rule?.deployedVersion != null && rule.deployedVersion !== version) lines.push(line(`Version ${version}`, `replaces version ${rule.deployedVersion}, which runs now.`));
  return lines;
}

function agentLine(agents: BlastFacts['agents']): BlastLine {
  const ours = agents.filter(agent => agent.kind === 'weir');
  const away = ours.filter(agent => !agent.connected);
  if (ours.length === 0) return line('No agent', 'is known yet; the rule waits for the first one.', 'attention');
  const names = ours.length <= 4 ? `${ours.map(agent => agent.name).join(', ')}; ` : '';
  const reach = away.length === 0 ? 'reachable now' : `${ours.length - away.length} reachable now, ${away.length === 1 ? 'one follows' : `${away.length} follow`} on return`;
  return line(plural(ours.length, 'agent'), `${names}${reach}.`, away.length === 0 ? 'plain' : 'attention');
}

function rateLines({ dryRun, coveredMs, tailRatio, plan }: BlastFacts): BlastLine[] {
  if (dryRun === null) return [line('No dry run', 'of this text yet: how much it matches is not known.', 'attention')];
  if (dryRun.scanned === 0 || coveredMs <= 0) return [line('Nothing to measure', `no record of ${plan.table === 'source' ? 'any signal' : plan.table} has come yet.`, 'attention')];
  const seconds = coveredMs / 1000;
  const read = `of ${plural(dryRun.scanned, 'record')} in ${formatDuration(coveredMs)} before rules`;
  const scale = tailRatio > 0 && tailRatio < 1 ? 1 / tailRatio : 1;
  const about = scale === 1 && coveredMs >= meaningfulSpanMs ? '' : '≈ ';
  const rate = (count: number) => `${about}${formatRate((count * scale) / seconds)}/s`;
  if (dryRun.matched === 0 && coveredMs < tellingSpanMs) return [line('Nothing matched yet', `${read}; too little to tell.`)];
  if (dryRun.matched === 0) return [line('Nothing matched', `${read}; the rule may do nothing.`, 'attention')];
  const saved = formatBytes(((dryRun.bytesBefore - dryRun.bytesAfter) * scale) / seconds);
  const lines = [line(rate(dryRun.matched), `matched, ${formatPercent(dryRun.matched / dryRun.scanned)} of ${plan.table === 'source' ? 'all records' : plan.table}.`)];
  if (dryRun.removed > 0) lines.push(line(`− ${rate(dryRun.removed)}`, dryRun.bytesBefore > dryRun.bytesAfter ? `no longer leave, ${about}${saved}/s less.` : 'no longer leave.'));
  if (dryRun.changed > 0) lines.push(line(rate(dryRun.changed), 'leave changed.'));
  if (dryRun.emitted > 0) lines.push(line(`+ ${rate(dryRun.emitted)}`, 'metric points made.'));
  return lines;
}

const line = (strong: string, rest: string, tone: BlastLine['tone'] = 'plain'): BlastLine => ({ tone, strong, rest });
/** "They stop …" is said of the matched records by name. */
const fateLine = (fate: string) => fate.startsWith('They ') ? line('Matched records', fate.slice('They '.length)) : line('Then', fate);

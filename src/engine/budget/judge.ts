// Judgement over one rule and over all of them: facts in, verdicts out.
import { lately, longSpan, shortSpan, type Lately } from './rate-window.ts';
import type { RuleMeter } from './rule-meter.ts';
import type { AgentCeiling, Verdict } from './types.ts';
import { ceilingReason, cpuReason, expiredReason, memoryReason, outputReason, processMemoryReason } from './words.ts';

export interface Moment {
  readonly nowMs: number;
  readonly nowUnixMs: number;
  /** At most 1: the part of the measured time that the thread really ran; the rest it waited for a core. */
  readonly ran: number;
}

/** Why the rule must end, or null. Its date comes first, for that is nobody's fault. */
export function judgeRule(meter: RuleMeter, moment: Moment): Verdict | null {
  const { bounds, expiresAtUnixMs } = meter.facts;
  if (expiresAtUnixMs !== null && moment.nowUnixMs >= expiresAtUnixMs) return { kind: 'expired', reason: expiredReason(expiresAtUnixMs) };
  const { bytes, groups } = meter.held();
  if (bytes > bounds.memoryBytes) return { kind: 'memory', reason: memoryReason(bytes, groups, bounds) };
  return meter.active ? judgeCpu(meter, moment) ?? judgeOutput(meter, moment) : null;
}

function judgeCpu(meter: RuleMeter, { nowMs, ran }: Moment): Verdict | null {
  const { bounds } = meter.facts;
  const over = past(meter.cpu, nowMs, bounds.cpuShare * 1000, ran);
  return over === null ? null : { kind: 'cpu', reason: cpuReason((over.sum * ran) / over.overMs, over.overMs, bounds) };
}

function judgeOutput(meter: RuleMeter, { nowMs }: Moment): Verdict | null {
  const bound = meter.facts.bounds.outputPerSecond;
  const over = bound === null ? null : past(meter.output, nowMs, bound, 1);
  return over === null || bound === null ? null : { kind: 'output', reason: outputReason((over.sum * 1000) / over.overMs, over.overMs, bound) };
}

/** The span over which the rate is above the bound, the shorter first. */
function past(window: RuleMeter['cpu'], nowMs: number, perSecond: number, factor: number): Lately | null {
  for (const span of [shortSpan, longSpan]) {
    const found = window.lately(nowMs, span);
    if (found.sustainedPerSecond * factor > perSecond) return found;
  }
  return null;
}

/** A rule below this part of the ceiling is not what the agent suffers from. */
const worthTurningOff = 0.1;

/** Which rules must end so that all of them together stay under the ceiling, the costliest first. Those that protect stay. */
export function judgeCpuCeiling(meters: readonly RuleMeter[], { cpuShare }: AgentCeiling, { nowMs, ran }: Moment): readonly { readonly meter: RuleMeter; readonly verdict: Verdict }[] {
  const running = meters.filter((meter) => !meter.isOff);
  const all = lately(running.map(({ cpu }) => cpu), nowMs, shortSpan);
  let excess = (all.sustainedPerSecond * ran) / 1000 - cpuShare;
  if (excess <= 0) return [];
  const shareOf = (meter: RuleMeter): number => (meter.cpu.lately(nowMs, shortSpan).sum * ran) / all.overMs;
  const costly = running.filter((meter) => !meter.facts.protects).map((meter) => ({ meter, share: shareOf(meter) }))
    .filter(({ share }) => share > cpuShare * worthTurningOff).sort((a, b) => b.share - a.share);
  const ended = [];
  for (const { meter, share } of costly) {
    if (excess <= 0) break;
    excess -= share;
    ended.push({ meter, verdict: { kind: 'agent' as const, reason: ceilingReason((all.sum * ran) / all.overMs, all.overMs, cpuShare, share) } });
  }
  return ended;
}

/** Less than this frees nothing worth a rule. */
const leastBytes = 1024 * 1024;

/** The rule that holds the most when the process holds too much; null when it is none of theirs. */
export function judgeMemoryCeiling(meters: readonly RuleMeter[], rssBytes: number, ceiling: AgentCeiling): { readonly meter: RuleMeter; readonly verdict: Verdict } | null {
  if (rssBytes <= ceiling.rssBytes) return null;
  const most = meters.filter((meter) => !meter.isOff && !meter.facts.protects).map((meter) => ({ meter, bytes: meter.held().bytes })).reduce((a, b) => (b.bytes > a.bytes ? b : a), { meter: null as RuleMeter | null, bytes: 0 });
  if (most.meter === null || most.bytes < leastBytes) return null;
  return { meter: most.meter, verdict: { kind: 'agent', reason: processMemoryReason(rssBytes, ceiling.rssBytes, most.bytes) } };
}

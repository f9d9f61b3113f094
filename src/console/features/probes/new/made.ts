// The probe that the forms make together, and its usual bounds in words. Pure.
import type { ProbeKind, ProbeLimits, ProbeWhat } from '../../../../model/index.ts';
import { probeNameFor } from '../../../../model/index.ts';
import type { NewProbeSearch } from '../../../state/index.ts';
import { formatCount, formatDuration, formatPercent, plural } from '../../../ui/index.ts';
import { measures } from '../words.ts';
import { bpftraceOf, emptyLogpoint, emptySource, emptyUprobe, logpointOf, sourceOf, uprobeOf, usdtOf, usualLimits, type Made } from './drafts.ts';

export const emptyDrafts = { logpoint: emptyLogpoint, uprobe: emptyUprobe, source: emptySource, limits: usualLimits, parameters: {} as Readonly<Record<string, string | number>>, name: '', reason: '' };
export type Drafts = typeof emptyDrafts;

/** As it is called when nobody says how. */
export const usualName = (kind: ProbeKind, { file, line, symbol, template }: NewProbeSearch): string => probeNameFor(kind, { file, line, symbol: kind === 'usdt' ? symbol?.split(':').at(-1) : symbol, template });

/** So that nobody has to open it to know. */
export function moreWords(name: string, what: ProbeWhat | null, limits: ProbeLimits | null): string {
  if (limits === null) return `As ${name}`;
  const share = `${formatPercent(limits.maxCpuShare)} of a core`;
  if (what !== null && measures(what)) return `As ${name}; leaves after ${formatDuration(limits.expiresAfterMs)}; at most ${share}`;
  return `As ${name}; leaves after ${formatDuration(limits.expiresAfterMs)} or ${plural(limits.maxHits, 'record')}; at most ${formatCount(limits.maxPerSecond)} a second and ${share}`;
}

/** What can be asked about before it is whole: a condition holds or breaks whatever is read. */
export function askedOf(kind: ProbeKind, drafts: Drafts, search: NewProbeSearch, made: ProbeWhat | null): ProbeWhat | null {
  return made ?? (kind === 'logpoint' && drafts.logpoint.condition.trim() !== '' ? logpointOf(drafts.logpoint, 'count', search.file, search.line).made : null);
}

/** Fields that are only complained about once somebody tried to go on. */
const needsAnswer: readonly string[] = ['values', 'until', 'udpPort', 'paths'];
export const shownProblems = (problems: Readonly<Record<string, string>>, tried: boolean): Readonly<Record<string, string>> => (tried ? problems : Object.fromEntries(Object.entries(problems).filter(([field]) => !needsAnswer.includes(field))));

export function madeOf(kind: ProbeKind, drafts: Drafts, search: NewProbeSearch): Made<ProbeWhat> {
  switch (kind) {
    case 'logpoint': return logpointOf(drafts.logpoint, search.does ?? 'record', search.file, search.line);
    case 'uprobe': return uprobeOf(drafts.uprobe, search.binary, search.symbol);
    case 'usdt': return usdtOf(search.binary, search.symbol);
    case 'bpftrace': return bpftraceOf(search.template, drafts.parameters);
    default: return sourceOf(kind, drafts.source);
  }
}

/** Expressions that are evaluated at its line. */
export const readsAtLine = (what: ProbeWhat | null): readonly string[] => (what?.kind !== 'logpoint' ? [] : [...what.spec.expressions.map(({ expression }) => expression), ...[what.spec.condition, what.spec.key].filter(one => one !== undefined)]);

// One source, agent by agent: what hid it there, what left, the moment it stopped. Pure reading.
import type { RedactionSourceDetail, SourceAgent } from '../../../model/index.ts';
import type { RedactionBook } from '../book/book.ts';
import type { Source } from '../book/names.ts';
import type { AppliedRule } from '../book/agents-seen.ts';
import { onTheWayMs, type Standing } from '../book/standing-terms.ts';
import { hidersOf, type Stand } from '../book/stands.ts';
import type { Reader } from './reader.ts';
import { iso, shown } from './source-facts.ts';
import { standing, stateOf } from './states.ts';
import { bucketsIn, kindOf, type Sums } from './sums.ts';

/** `deployedAt`: of the rule that hides it, by its id and version. */
export function sourceDetail(reader: Reader, source: Source, sums: Sums, deployedAt: (ruleId: string, version: number) => string | null): RedactionSourceDetail {
  const stands = reader.book.stands.ofSource(source.no);
  const rule = stands.map((stand) => hidingIn(reader, source, stand)).filter((one) => one !== null).sort(byRunning)[0]?.rule ?? null;
  const name = rule === null ? null : reader.book.deployments.nameOf(rule.id);
  const leaked = name === null ? null : stands.reduce((sum, { since }) => sum + (since?.[name] ?? 0), 0);
  return {
    source: shown(reader, sums, [stateOf(reader, source, sums)])[0]!, agents: sourceAgents(reader, source, partsOf(reader.book, sums, source.no).get(source.no)),
    deployedAt: rule === null ? null : deployedAt(rule.id, rule.version), ...(leaked !== null && { leakedSinceDeploy: leaked }),
  };
}

export interface AgentPart { masked: number; readonly rules: Set<number>; readonly exporters: Map<string, number> }
type AgentParts = ReadonlyMap<number, AgentPart>;

/** Every agent that saw it, by name. */
export function sourceAgents(reader: Reader, source: Source, parts: AgentParts = new Map<number, AgentPart>()): SourceAgent[] {
  const stands = new Map(reader.book.stands.ofSource(source.no).map((stand) => [stand.agent, stand]));
  const agents = [...new Set([...stands.keys(), ...parts.keys()])].map((no) => sourceAgent(reader, source, no, stands.get(no), parts.get(no)));
  return agents.sort((a, b) => (a.agent.name < b.agent.name ? -1 : 1));
}

interface Hiding { readonly rule: NonNullable<Stand['rule']>; readonly ms: number; readonly runs: boolean }
const byRunning = (a: Hiding, b: Hiding): number => Number(b.runs) - Number(a.runs) || b.ms - a.ms;

/** The rule that hides it there, or its text, and when it last did: one that runs before one that runs no more. */
function hidingIn({ agentOf }: Reader, { service }: Source, stand: Stand): Hiding | null {
  const { runs } = agentOf(stand.agent, service);
  return hidersOf(stand).map(({ rule, ms }) => ({ rule, ms, runs: runs(rule.id) })).sort(byRunning)[0] ?? null;
}

/** Undefined when it is not counted apart. */
function leakedSince(book: RedactionBook, stand: Stand | undefined, rule: Stand['rule']): number | undefined {
  const name = rule === null ? null : book.deployments.nameOf(rule.id);
  return name === null ? undefined : stand?.since?.[name] ?? 0;
}

/** What each agent did in the range, by source: in one pass, of one source or of all. */
export function partsOf(book: RedactionBook, { range }: Sums, only?: number): ReadonlyMap<number, AgentParts> {
  const sources = new Map<number, Map<number, AgentPart>>();
  for (const bucket of bucketsIn(book, range)) {
    for (const row of bucket.rows.values()) {
      if (only !== undefined && row.source !== only) continue;
      const parts = sources.get(row.source) ?? new Map<number, AgentPart>();
      sources.set(row.source, parts);
      const part = parts.get(row.agent) ?? { masked: 0, rules: new Set(), exporters: new Map() };
      parts.set(row.agent, part);
      const way = book.ways.get(row.way);
      if (kindOf(way) === 'masked') { part.masked += row.count; part.rules.add(row.way); }
      if (kindOf(way) === 'residual') part.exporters.set(way?.name ?? '', (part.exporters.get(way?.name ?? '') ?? 0) + row.count);
    }
  }
  return sources;
}

/** What stopped it, while it stays so. */
const stopIn = (stand: Stand | undefined, now: Standing | null): Stand['stop'] => (now?.state === 'clean' ? stand?.stop ?? null : null);

/** When the rule was applied, and first hid: both of one version. Of the one that stopped it, once it has; else of what runs. */
function momentsOf(stand: Stand | undefined, stop: Stand['stop'], hiding: Stand['rule'], applied: readonly AppliedRule[]): Pick<SourceAgent, 'appliedAt' | 'firstMaskedAt' | 'appliedRule'> {
  const runs = applied.findLast(({ ruleId }) => ruleId === hiding?.id);
  const isBack = runs?.wasOff === true && stop?.rule?.id === runs.ruleId && stop.rule.version === runs.version;
  if (stop?.rule !== undefined && !isBack) return { appliedAt: iso(stop.appliedMs), firstMaskedAt: iso(stop.atMs), appliedRule: stop.rule };
  const firstMs = stand?.firstMaskedMs ?? null;
  return { appliedAt: iso(runs?.atMs ?? null), firstMaskedAt: iso(runs !== undefined && runs.version === hiding?.version && (stand?.lastMaskedMs ?? 0) < runs.atMs ? null : firstMs), ...(runs !== undefined && hiding !== null && { appliedRule: { ...hiding, version: runs.version } }) };
}

/** A rule that runs there hid it, and it left again after that, by more than what was on its way. */
function missesIn(reader: Reader, source: Source, stand: Stand | undefined, now: Standing | null): boolean {
  if (stand === undefined || now?.state !== 'leaking') return false;
  const hiding = hidingIn(reader, source, stand);
  return hiding !== null && hiding.runs && stand.firstMaskedMs !== null && (stand.lastLeakMs ?? 0) > stand.firstMaskedMs + onTheWayMs;
}

function sourceAgent(reader: Reader, source: Source, no: number, stand: Stand | undefined, part: AgentPart | undefined): SourceAgent {
  const { book, fleet } = reader;
  const known = fleet.find(no);
  const now = stand === undefined ? null : standing(reader, source, stand);
  const note = now?.note?.() ?? null;
  const { applied, lastReportMs } = book.agents.of(no);
  const hiding = stand === undefined ? null : hidingIn(reader, source, stand)?.rule ?? null;
  const since = leakedSince(book, stand, hiding);
  const stopped = stopIn(stand, now);
  const rules = [...part?.rules ?? []].flatMap((way) => { const { ruleId: id, name, version } = book.ways.get(way) ?? { ruleId: '', name: '', version: 0 }; return [{ id, name, version }]; });
  return {
    agent: known === null ? { id: '', name: no === 0 ? 'other agents' : `agent ${no}`, connected: false, lastSeenAt: new Date(lastReportMs).toISOString() }
      : { id: known.id, name: known.name, connected: known.connected, lastSeenAt: known.lastSeenAt },
    masked: part?.masked ?? 0, rules: rules.sort((a, b) => a.version - b.version), exporters: [...part?.exporters ?? []].map(([name, residual]) => ({ name, residual })),
    // Of a version that hid nothing yet, too: whether the agent has the rule must not hang on what has come since.
    ...momentsOf(stand, stopped, hiding, applied), applied: applied.map(({ ruleId, version, atMs }) => ({ id: ruleId, version, at: new Date(atMs).toISOString() })),
    lastLeakAt: iso(stand?.lastLeakMs ?? null), stoppedAt: iso(now?.stoppedMs ?? null), ...(now !== null && { state: now.state, neverLeft: now.neverLeft }),
    ...(now?.ignoredBy && { ignoredBy: now.ignoredBy }), ...(since !== undefined && { leakedSinceDeploy: since }), ...(note !== null && { note }), ...(missesIn(reader, source, stand, now) && { misses: true }),
  };
}

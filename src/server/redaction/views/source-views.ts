// Sources as the API shows them: sums of the range joined with how each stands now. Pure reading.
import type { RedactionSource, RedactionSourceDetail, SourceAgent } from '../../../model/index.ts';
import type { RedactionBook } from '../book/book.ts';
import { otherSource, type Source } from '../book/names.ts';
import { standingOf, together, type AgentView, type Standing } from '../book/standing.ts';
import type { Stand } from '../book/stands.ts';
import type { FleetView } from './fleet-view.ts';
import { bucketsIn, kindOf, type SourceSums, type Sums } from './sums.ts';

export interface Reader { readonly book: RedactionBook; readonly fleet: FleetView; readonly nowMs: number }

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** An agent that the fleet has forgotten is away. */
function agentView({ book, fleet }: Reader, no: number, service: string): AgentView {
  const [agent, seen] = [fleet.find(no), book.agents.of(no)];
  return {
    name: agent?.name ?? `agent ${no}`, connected: agent?.connected ?? false, lastSeenMs: agent === null ? seen.lastReportMs : Math.max(seen.lastReportMs, Date.parse(agent.lastSeenAt)),
    scanned: seen.scanned, serviceLeftMs: book.agents.serviceLeftMs(no, service),
  };
}

const standing = (reader: Reader, source: Source, stand: Stand): Standing => standingOf(stand, agentView(reader, stand.agent, source.service), reader.nowMs);

interface Standings { readonly leaking: boolean; readonly leaked: boolean; readonly cleanSinceMs: number | null; readonly note: string | null; readonly lastLeakMs: number | null }

function standingsOf(reader: Reader, source: Source): Standings {
  const stands = reader.book.stands.ofSource(source.no);
  const leaks = stands.flatMap(({ lastLeakMs }) => (lastLeakMs === null ? [] : [lastLeakMs]));
  return { ...together(stands.map((stand) => standing(reader, source, stand)), source.firstMs), lastLeakMs: leaks.length === 0 ? null : Math.max(...leaks) };
}

const noSums: SourceSums = { masked: 0, residual: 0, dropped: 0, spark: [], rules: new Set() };

function sourceView(reader: Reader, source: Source, { sources, range }: Sums): RedactionSource {
  const sums = sources.get(source.no) ?? { ...noSums, spark: Array.from({ length: range.buckets }, () => ({ masked: 0, residual: 0 })) };
  const { leaking, cleanSinceMs, note, lastLeakMs } = standingsOf(reader, source);
  const { distinct, isFloor } = reader.book.distinct.since(source.no, range.fromMs);
  const { no: _, firstMs, lastMs, ...names } = source;
  return {
    ...names, rules: rulesOf(reader.book, sums), masked: sums.masked, residual: sums.residual, distinct, distinctIsFloor: isFloor, spark: sums.spark,
    firstSeenAt: new Date(firstMs).toISOString(), lastSeenAt: new Date(lastMs).toISOString(), lastLeakAt: iso(lastLeakMs),
    state: leaking ? 'leaking' : 'clean', cleanSince: iso(leaking ? null : cleanSinceMs), agents: reader.book.stands.ofSource(source.no).filter((stand) => stand.lastMs >= range.fromMs).length, ...(note !== null && { note }),
  };
}

/** Newest version last. */
function rulesOf(book: RedactionBook, { rules }: SourceSums): RedactionSource['rules'] {
  return [...rules].flatMap((no) => { const way = book.ways.get(no); return way === undefined ? [] : [{ id: way.ruleId, name: way.name, version: way.version, action: way.action }]; })
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version - b.version));
}

/** Seen in the range, or still leaking: those that leak first, then the most found. */
export function sourcesIn(reader: Reader, sums: Sums): RedactionSource[] {
  return [...reader.book.sources.all].filter(({ no, lastMs }) => sums.sources.has(no) || lastMs >= sums.range.fromMs || standingLeaks(reader, no))
    .map((source) => sourceView(reader, source, sums))
    .sort((a, b) => Number(b.state === 'leaking') - Number(a.state === 'leaking') || b.masked + b.residual - a.masked - a.residual || (a.id < b.id ? -1 : 1));
}

function standingLeaks(reader: Reader, no: number): boolean {
  const source = reader.book.sources.get(no);
  return source !== undefined && no !== otherSource && reader.book.stands.ofSource(no).some((stand) => stand.lastLeakMs !== null && standing(reader, source, stand).leaking);
}

/** `deployedAt`: of the rule that hides it, by its id and version. */
export function sourceDetail(reader: Reader, source: Source, sums: Sums, deployedAt: (ruleId: string, version: number) => string | null): RedactionSourceDetail {
  const parts = agentParts(reader.book, source.no, sums);
  const stands = new Map(reader.book.stands.ofSource(source.no).map((stand) => [stand.agent, stand]));
  const agents = [...new Set([...stands.keys(), ...parts.keys()])].map((no) => sourceAgent(reader, source, no, stands.get(no), parts.get(no)));
  const rule = [...stands.values()].filter((stand) => stand.rule !== null).sort((a, b) => (b.lastMaskedMs ?? 0) - (a.lastMaskedMs ?? 0))[0]?.rule ?? null;
  return { source: sourceView(reader, source, sums), agents: agents.sort((a, b) => (a.agent.name < b.agent.name ? -1 : 1)), deployedAt: rule === null ? null : deployedAt(rule.id, rule.version) };
}

interface AgentPart { masked: number; readonly rules: Set<number>; readonly exporters: Map<string, number> }

function agentParts(book: RedactionBook, source: number, { range }: Sums): ReadonlyMap<number, AgentPart> {
  const parts = new Map<number, AgentPart>();
  for (const bucket of bucketsIn(book, range)) {
    for (const row of bucket.rows.values()) {
      if (row.source !== source) continue;
      const part = parts.get(row.agent) ?? { masked: 0, rules: new Set(), exporters: new Map() };
      parts.set(row.agent, part);
      const way = book.ways.get(row.way);
      if (kindOf(way) === 'masked') { part.masked += row.count; part.rules.add(row.way); }
      if (kindOf(way) === 'residual') part.exporters.set(way?.name ?? '', (part.exporters.get(way?.name ?? '') ?? 0) + row.count);
    }
  }
  return parts;
}

function sourceAgent(reader: Reader, source: Source, no: number, stand: Stand | undefined, part: AgentPart | undefined): SourceAgent {
  const { book, fleet } = reader;
  const known = fleet.find(no);
  const now = stand === undefined ? null : standing(reader, source, stand);
  const rules = [...part?.rules ?? []].flatMap((way) => { const { ruleId: id, name, version } = book.ways.get(way) ?? { ruleId: '', name: '', version: 0 }; return [{ id, name, version }]; });
  return {
    agent: known === null ? { id: '', name: no === 0 ? 'other agents' : `agent ${no}`, connected: false, lastSeenAt: new Date(book.agents.of(no).lastReportMs).toISOString() }
      : { id: known.id, name: known.name, connected: known.connected, lastSeenAt: known.lastSeenAt },
    masked: part?.masked ?? 0, rules: rules.sort((a, b) => a.version - b.version), exporters: [...part?.exporters ?? []].map(([name, residual]) => ({ name, residual })),
    appliedAt: stand?.rule == null ? null : iso(book.agents.appliedMs(no, stand.rule.id, stand.rule.version)), firstMaskedAt: iso(stand?.firstMaskedMs ?? null), lastLeakAt: iso(stand?.lastLeakMs ?? null),
    stoppedAt: iso(now?.stoppedMs ?? null), ...(now !== null && now.note !== null && { note: now.note }),
  };
}

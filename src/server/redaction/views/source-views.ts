// Sources as the API shows them: sums of the range joined with how each stands now. Pure reading.
import type { RedactionSource, RedactionSourceDetail, SourceAgent } from '../../../model/index.ts';
import { detectorList } from '../../../redaction/index.ts';
import type { RedactionBook } from '../book/book.ts';
import { otherSource, type Source } from '../book/names.ts';
import { standingOf, together, type AgentView, type Standing } from '../book/standing.ts';
import type { Stand } from '../book/stands.ts';
import type { FleetView } from './fleet-view.ts';
import { bucketsIn, kindOf, sparksOf, type SourceSums, type Sums } from './sums.ts';

export interface Reader { readonly book: RedactionBook; readonly fleet: FleetView; readonly nowMs: number }

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** An agent that the fleet has forgotten is away. */
function agentView({ book, fleet }: Reader, no: number): AgentView {
  const [agent, seen] = [fleet.find(no), book.agents.of(no)];
  return {
    name: agent?.name ?? `agent ${no}`, connected: agent?.connected ?? false, lastSeenMs: agent === null ? seen.lastReportMs : Math.max(seen.lastReportMs, Date.parse(agent.lastSeenAt)),
    scanned: seen.scanned, fullSinceMs: seen.fullSinceMs ?? null, runs: (ruleId) => seen.applied.some((one) => one.ruleId === ruleId),
  };
}

const standing = (reader: Reader, stand: Stand): Standing => standingOf(stand, agentView(reader, stand.agent), reader.nowMs, isScanned.has(reader.book.sources.get(stand.source)?.detector ?? ''));

/** What the residual scan of agents looks for: every built-in detector, and no policy's keys, lists and patterns. */
const isScanned: ReadonlySet<string> = new Set(detectorList.map(({ name }) => name));

interface Standings { readonly leaking: boolean; readonly leaked: boolean; readonly ignoredBy: Standing['ignoredBy']; readonly cleanSinceMs: number | null; readonly note: string | null; readonly lastLeakMs: number | null }

function standingsOf(reader: Reader, source: Source): Standings {
  const stands = reader.book.stands.ofSource(source.no);
  const leaks = stands.flatMap(({ lastLeakMs }) => (lastLeakMs === null ? [] : [lastLeakMs]));
  return { ...together(stands.map((stand) => standing(reader, stand)), source.firstMs), lastLeakMs: leaks.length === 0 ? null : Math.max(...leaks) };
}

/** A source without its small chart, which only those that are shown need. */
export type SourceFacts = Omit<RedactionSource, 'spark'>;

const noSums: SourceSums = { masked: 0, residual: 0, ignored: 0, dropped: 0, rules: new Set(), ignoring: new Set() };

function factsOf(reader: Reader, source: Source, { sources, range }: Sums): SourceFacts {
  const sums = sources.get(source.no) ?? noSums;
  const { leaking, ignoredBy, cleanSinceMs, note, lastLeakMs } = standingsOf(reader, source);
  const state = leaking ? 'leaking' : ignoredBy === null ? 'clean' : 'ignored';
  const { distinct, isFloor } = reader.book.distinct.since(source.no, range.fromMs);
  const { no: _, firstMs, lastMs, ...names } = source;
  return {
    ...names, rules: rulesOf(reader.book, source, sums.rules), masked: sums.masked, residual: sums.residual, ignored: sums.ignored, ignoredBy: waysOf(reader.book, sums.ignoring).map(({ id, name, version }) => ({ id, name, version })), distinct, distinctIsFloor: isFloor,
    firstSeenAt: new Date(firstMs).toISOString(), lastSeenAt: new Date(lastMs).toISOString(), lastLeakAt: iso(lastLeakMs),
    state, cleanSince: iso(state === 'clean' ? cleanSinceMs : null), agents: reader.book.stands.ofSource(source.no).filter((stand) => stand.lastMs >= range.fromMs).length, ...(note !== null && { note }),
  };
}

/** Newest version last. */
const waysOf = (book: RedactionBook, ways: ReadonlySet<number>): RedactionSource['rules'] =>
  [...ways].flatMap((no) => { const way = book.ways.get(no); return way === undefined ? [] : [{ id: way.ruleId, name: way.name, version: way.version, action: way.action }]; })
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version - b.version));

/** Those that hid it in the range; else those that hid all of the text, or another finding in it, since it was last seen to leave. */
function rulesOf(book: RedactionBook, { no }: Source, own: ReadonlySet<number>): RedactionSource['rules'] {
  if (own.size > 0) return waysOf(book, own);
  const beside = book.stands.ofSource(no).flatMap(({ besideRule, besideMs, lastLeakMs }) => (besideRule && (besideMs ?? 0) > (lastLeakMs ?? 0) ? [{ ...besideRule, action: 'mask' as const }] : []));
  return [...new Map(beside.map((rule) => [`${rule.id} ${rule.version}`, rule])).values()];
}

/** Seen in the range, or still leaking (of a part of it, found there): those that leak first, then the most found. */
export function sourcesIn(reader: Reader, sums: Sums): SourceFacts[] {
  const { part } = sums.range;
  return [...reader.book.sources.all].filter(({ no, lastMs }) => sums.sources.has(no) || (part === undefined && (lastMs >= sums.range.fromMs || standingLeaks(reader, no))))
    .map((source) => factsOf(reader, source, sums))
    .sort((a, b) => rankOf[b.state] - rankOf[a.state] || foundOf(b) - foundOf(a) || (a.id < b.id ? -1 : 1));
}

const rankOf: Readonly<Record<RedactionSource['state'], number>> = { leaking: 2, clean: 1, ignored: 0 };
const foundOf = ({ masked, residual, ignored = 0 }: SourceFacts): number => Math.max(masked + residual, ignored);

/** As the API shows them. */
export function withSparks({ book }: Reader, { range }: Sums, list: readonly SourceFacts[]): RedactionSource[] {
  const numbers = list.map(({ id }) => book.sources.find(id)?.no ?? -1);
  const sparks = sparksOf(book, range, numbers);
  return list.map((source, i) => ({ ...source, spark: [...sparks.get(numbers[i]!) ?? []] }));
}

function standingLeaks(reader: Reader, no: number): boolean {
  const source = reader.book.sources.get(no);
  return source !== undefined && no !== otherSource && reader.book.stands.ofSource(no).some((stand) => stand.lastLeakMs !== null && standing(reader, stand).leaking);
}

/** `deployedAt`: of the rule that hides it, by its id and version. */
export function sourceDetail(reader: Reader, source: Source, sums: Sums, deployedAt: (ruleId: string, version: number) => string | null): RedactionSourceDetail {
  const parts = agentParts(reader.book, source.no, sums);
  const stands = new Map(reader.book.stands.ofSource(source.no).map((stand) => [stand.agent, stand]));
  const agents = [...new Set([...stands.keys(), ...parts.keys()])].map((no) => sourceAgent(reader, source, no, stands.get(no), parts.get(no)));
  const rule = [...stands.values()].map(hidingIn).filter((one) => one !== null).sort((a, b) => b.ms - a.ms)[0]?.rule ?? null;
  const name = rule === null ? null : reader.book.deployments.nameOf(rule.id);
  const leaked = name === null ? null : [...stands.values()].reduce((sum, { since }) => sum + (since?.[name] ?? 0), 0);
  return {
    source: withSparks(reader, sums, [factsOf(reader, source, sums)])[0]!, agents: agents.sort((a, b) => (a.agent.name < b.agent.name ? -1 : 1)),
    deployedAt: rule === null ? null : deployedAt(rule.id, rule.version), ...(leaked !== null && { leakedSinceDeploy: leaked }),
  };
}

/** The rule that hides it there, or its text, and when it last did. */
function hidingIn({ rule, lastMaskedMs, besideRule = null, besideMs }: Stand): { readonly rule: NonNullable<Stand['rule']>; readonly ms: number } | null {
  if (rule !== null) return { rule, ms: lastMaskedMs ?? 0 };
  return besideRule === null ? null : { rule: besideRule, ms: besideMs ?? 0 };
}

/** Undefined when it is not counted apart. */
function leakedSince(book: RedactionBook, stand: Stand | undefined): number | undefined {
  const rule = stand === undefined ? null : hidingIn(stand)?.rule ?? null;
  const name = rule === null ? null : book.deployments.nameOf(rule.id);
  return name === null ? undefined : stand?.since?.[name] ?? 0;
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
  const now = stand === undefined ? null : standing(reader, stand);
  const rule = stand === undefined ? null : hidingIn(stand)?.rule ?? null;
  const since = leakedSince(book, stand);
  const rules = [...part?.rules ?? []].flatMap((way) => { const { ruleId: id, name, version } = book.ways.get(way) ?? { ruleId: '', name: '', version: 0 }; return [{ id, name, version }]; });
  return {
    agent: known === null ? { id: '', name: no === 0 ? 'other agents' : `agent ${no}`, connected: false, lastSeenAt: new Date(book.agents.of(no).lastReportMs).toISOString() }
      : { id: known.id, name: known.name, connected: known.connected, lastSeenAt: known.lastSeenAt },
    masked: part?.masked ?? 0, rules: rules.sort((a, b) => a.version - b.version), exporters: [...part?.exporters ?? []].map(([name, residual]) => ({ name, residual })),
    appliedAt: rule === null ? null : iso(book.agents.appliedMs(no, rule.id, rule.version)), firstMaskedAt: iso(stand?.firstMaskedMs ?? null), lastLeakAt: iso(stand?.lastLeakMs ?? null),
    stoppedAt: iso(now?.stoppedMs ?? null), ...(now?.ignoredBy && { ignoredBy: now.ignoredBy }), ...(since !== undefined && { leakedSinceDeploy: since }), ...(now !== null && now.note !== null && { note: now.note }),
  };
}

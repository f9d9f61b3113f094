// A source as the API shows it, from its state and its sums. Pure reading.
import type { RedactionSource } from '../../../model/index.ts';
import type { RedactionBook } from '../book/book.ts';
import { scannedSince } from '../book/standing.ts';
import { hidersOf, type Stand } from '../book/stands.ts';
import type { Reader } from './reader.ts';
import { kindOfSource, standing, type SourceState } from './states.ts';
import { isSampled, sparksOf, type Sums } from './sums.ts';

/** A source without its small chart, which only those that are shown need. */
export type SourceFacts = Omit<RedactionSource, 'spark'>;

export const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

export function factsOf(reader: Reader, state: SourceState, all: Sums): SourceFacts {
  const { source, sums, stands, standing: stood, lastLeakMs } = state;
  const { part, fromMs } = all.range;
  const { distinct, isFloor } = reader.book.distinct.since(source.no, Math.max(fromMs, part?.fromMs ?? 0), part?.toMs);
  const { no: _, firstMs: firstSeenMs, lastMs, ...names } = source;
  const note = stood.note();
  return {
    ...names, kind: kindOfSource(source.detector), rules: rulesOf(reader.book, state), masked: sums.masked, residual: sums.residual, residualRecords: sums.residualRecords, residualIsFloor: isSampled(all), distinct: Math.min(distinct, sums.masked + sums.residual), distinctIsFloor: isFloor,
    ignored: sums.ignored, ignoredBy: waysOf(reader.book, sums.ignoring).map(({ id, name, version }) => ({ id, name, version })),
    firstSeenAt: new Date(firstSeenMs).toISOString(), lastSeenAt: new Date(lastMs).toISOString(), lastLeakAt: iso(lastLeakMs),
    state: stood.state, cleanSince: iso(stood.cleanSinceMs), neverLeft: stood.neverLeft, ...againOf(reader, state), ...hiddenByOf(reader, state), ...sinceOf(reader, state),
    agents: stands.filter((stand) => stand.lastMs >= fromMs).length, ...(note !== null && { note }),
  };
}

/** The rule that runs and hid it last, where it does not leak. */
function hiddenByOf(reader: Reader, { source, stands, standing: { state } }: SourceState): Pick<RedactionSource, 'hiddenBy'> {
  if (state === 'leaking') return {};
  const [last] = stands.flatMap((stand) => hidersOf(stand).filter(({ rule }) => reader.agentOf(stand.agent, source.service).runs(rule.id, rule.version))).sort((a, b) => b.ms - a.ms);
  return last === undefined ? {} : { hiddenBy: last.rule };
}

/** Where it leaked and does no more: of the records that left since its last leak, those that were scanned. */
function sinceOf(reader: Reader, { source, stands, standing: { state } }: SourceState): Pick<RedactionSource, 'scannedSince'> {
  const leaked = state === 'clean' ? stands.filter(({ lastLeakMs }) => lastLeakMs !== null) : [];
  if (leaked.length === 0) return {};
  const shares = leaked.map((stand) => scannedSince(stand, reader.agentOf(stand.agent, source.service)));
  return { scannedSince: { records: shares.reduce((sum, { scanned }) => sum + scanned, 0), ofRecords: shares.reduce((sum, { left }) => sum + left, 0) } };
}

/** A configuration takes this long to every agent, at most, while all are there. */
const appliedWithinMs = 10 * 60_000;
/** Clocks of agents are known to the second. */
const clockMs = 1000;

/** Where it was hidden, and leaves again, first of all agents; and who ended what hid it there. */
function againOf(reader: Reader, { source, stands, standing: { state } }: SourceState): Pick<RedactionSource, 'againSince' | 'endedBy'> {
  if (state !== 'leaking') return {};
  const [first] = stands.flatMap((stand) => (isAgain(stand) && standing(reader, source, stand).state === 'leaking' ? [stand] : [])).sort((a, b) => a.againMs - b.againMs);
  if (first === undefined) return {};
  const end = first.rule === null ? null : reader.ends.endOf(first.rule, (first.lastMaskedMs ?? 0) - appliedWithinMs, first.againMs + clockMs);
  return { againSince: new Date(first.againMs).toISOString(), ...(end !== null && { endedBy: end }) };
}

/** Nothing was hidden since: it does not both leave and not. */
const isAgain = (stand: Stand): stand is Stand & { againMs: number } => typeof stand.againMs === 'number' && (stand.lastMaskedMs ?? 0) <= stand.againMs + clockMs;

/** Newest version last. */
const waysOf = (book: RedactionBook, ways: ReadonlySet<number>): RedactionSource['rules'] =>
  [...ways].flatMap((no) => { const way = book.ways.get(no); return way === undefined ? [] : [{ id: way.ruleId, name: way.name, version: way.version, action: way.action }]; })
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version - b.version));

/** Those that hid it in the range; else, where it leaks no more, those that hid all of the text, or another finding in it. While it leaks
 *  beside what they hide, they do not hide it. */
export function rulesOf(book: RedactionBook, { stands, sums: { rules }, standing: { state } }: SourceState): RedactionSource['rules'] {
  if (rules.size > 0) return waysOf(book, rules);
  if (state === 'leaking') return [];
  const beside = stands.flatMap(({ besideRule, besideMs, lastLeakMs }) => (besideRule && (besideMs ?? 0) > (lastLeakMs ?? 0) ? [{ ...besideRule, action: 'mask' as const }] : []));
  return [...new Map(beside.map((rule) => [`${rule.id} ${rule.version}`, rule])).values()];
}

/** As the API shows them. */
export function shown(reader: Reader, sums: Sums, states: readonly SourceState[]): RedactionSource[] {
  const sparks = sparksOf(reader.book, sums.range, states.map(({ source }) => source.no));
  return states.map((state) => ({ ...factsOf(reader, state, sums), spark: sparks.get(state.source.no) ?? [] }));
}

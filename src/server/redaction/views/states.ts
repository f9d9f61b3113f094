// Sources of a range with their states: what counts, sorts and filters need, and no more, for there may be thousands of them.
import { allowListName, detectorList, keyRuleName, sensitiveKeyName } from '../../../redaction/index.ts';
import type { SourceKind } from '../../../model/index.ts';
import { otherSource, type Source } from '../book/names.ts';
import { standingOf } from '../book/standing.ts';
import type { AgentView, Standing, WhatHid } from '../book/standing-terms.ts';
import type { Stand } from '../book/stands.ts';
import { together, type Together } from '../book/together.ts';
import type { Range } from './range.ts';
import type { Reader } from './reader.ts';
import type { SourceSums, Sums } from './sums.ts';

export interface SourceState {
  readonly source: Source; readonly sums: SourceSums; readonly stands: readonly Stand[];
  readonly standing: Together; readonly lastLeakMs: number | null;
}

/** What the residual scan of agents looks for: every built-in detector, and no policy's keys, lists and patterns. */
export const kindOfSource = (detector: string): SourceKind => (detector === allowListName ? 'allow-list' : detector === keyRuleName || detector === sensitiveKeyName ? 'key' : 'secret');
const isScanned: ReadonlySet<string> = new Set(detectorList.map(({ name }) => name));
const byDetector: WhatHid = { isScanned: true, how: '' };
const byKey: WhatHid = { isScanned: false, how: 'by key' };
const byList: WhatHid = { isScanned: false, how: 'by an allow-list' };
const byPattern: WhatHid = { isScanned: false, how: 'by a pattern of its own' };

function whatHid(detector: string): WhatHid {
  if (isScanned.has(detector)) return byDetector;
  if (detector === keyRuleName || detector === sensitiveKeyName) return byKey;
  return detector === allowListName ? byList : byPattern;
}

export const standing = ({ nowMs, agentOf }: Reader, { service, detector }: Source, stand: Stand): Standing => standingOf(stand, agentOf(stand.agent, service), nowMs, whatHid(detector));

const noSums: SourceSums = { masked: 0, residual: 0, residualRecords: 0, ignored: 0, dropped: 0, rules: new Set(), ignoring: new Set() };

const untold: Standing = { state: 'unproved', leaked: false, neverLeft: false, ignoredBy: null, stoppedMs: null, note: () => 'Sources that had no room in the audit are counted together here: whether one of them leaves cannot be told.' };

export function stateOf(reader: Reader, source: Source, { sources, range }: Sums): SourceState {
  const stands = reader.book.stands.ofSource(source.no);
  const standings = counting(reader, source, stands, range).map((stand) => standing(reader, source, stand));
  const all = together(source.no === otherSource ? [...standings, untold] : standings, source.firstMs);
  const lastLeakMs = stands.reduce<number | null>((last, stand) => (stand.lastLeakMs === null ? last : Math.max(last ?? 0, stand.lastLeakMs)), null);
  // Agents that count no more may have leaked after those that do.
  const cleanSinceMs = all.cleanSinceMs === null || lastLeakMs === null ? all.cleanSinceMs : Math.max(all.cleanSinceMs, lastLeakMs + 1);
  return { source, sums: sources.get(source.no) ?? noSums, stands, standing: { ...all, cleanSinceMs, neverLeft: all.neverLeft && lastLeakMs === null }, lastLeakMs };
}

/** An agent that was away for all of the range, and saw nothing of it in it, says nothing of it: agents come and go with machines. Of one
 *  that leaks there, whatever the range. */
function counting(reader: Reader, source: Source, stands: readonly Stand[], { fromMs }: Range): readonly Stand[] {
  const isThere = ({ connected, lastSeenMs }: AgentView): boolean => connected || lastSeenMs >= fromMs;
  return stands.filter((stand) => stand.lastMs >= fromMs || isThere(reader.agentOf(stand.agent, source.service)) || standing(reader, source, stand).state === 'leaking');
}

/** Seen in the range, or still leaking (of a part of it, found there): those that leak first, then the most found. What was seen before
 *  the range, and leaks no more, is in no list and no count. */
export function statesIn(reader: Reader, sums: Sums): SourceState[] {
  const { part, fromMs } = sums.range;
  const states: SourceState[] = [];
  for (const source of reader.book.sources.all) {
    const isSeen = sums.sources.has(source.no) || (part === undefined && source.lastMs >= fromMs);
    if (!isSeen && (part !== undefined || source.no === otherSource || !everLeaked(reader, source))) continue;
    const state = stateOf(reader, source, sums);
    if (isSeen || state.standing.state === 'leaking') states.push(state);
  }
  const isListed = ({ source }: SourceState): number => Number(kindOfSource(source.detector) === 'allow-list');
  return states.sort((a, b) => isListed(a) - isListed(b) || rankOf[b.standing.state] - rankOf[a.standing.state] || foundOf(b) - foundOf(a) || (a.source.id < b.source.id ? -1 : 1));
}

export const isCounted = ({ source, standing }: SourceState, state: Together['state']): boolean => standing.state === state && kindOfSource(source.detector) !== 'allow-list';

export interface CountedStates { readonly leaking: readonly SourceState[]; readonly unproved: readonly SourceState[]; readonly clean: readonly SourceState[]; readonly ignored: readonly SourceState[]; readonly allowList: readonly SourceState[] }

/** The one place that says which sources count as what: for tiles, badges, exports and rows alike. What an allow-list took away is none of a secret. */
export function countedBy(states: readonly SourceState[]): CountedStates {
  const of = (wanted: Together['state']): readonly SourceState[] => states.filter((one) => isCounted(one, wanted));
  return { leaking: of('leaking'), unproved: of('unproved'), clean: of('clean'), ignored: of('ignored'), allowList: states.filter(({ source }) => kindOfSource(source.detector) === 'allow-list') };
}

const everLeaked = ({ book }: Reader, { no }: Source): boolean => book.stands.ofSource(no).some(({ lastLeakMs }) => lastLeakMs !== null);
const rankOf = { leaking: 3, unproved: 2, clean: 1, ignored: 0 } as const;
const foundOf = ({ sums: { masked, residual, ignored } }: SourceState): number => Math.max(masked + residual, ignored);

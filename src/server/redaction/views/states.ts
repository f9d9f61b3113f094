// Sources of a range with their states: what counts, sorts and filters need, and no more, for there may be thousands of them.
import { allowListName, detectorList, keyRuleName, sensitiveKeyName } from '../../../redaction/index.ts';
import { otherSource, type Source } from '../book/names.ts';
import { standingOf } from '../book/standing.ts';
import type { Standing, WhatHid } from '../book/standing-terms.ts';
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

const noSums: SourceSums = { masked: 0, residual: 0, ignored: 0, dropped: 0, rules: new Set(), ignoring: new Set() };

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

/** An agent that was away for all of the range, and saw nothing of it in it, says nothing of it: agents come and go with machines. */
function counting({ agentOf }: Reader, { service }: Source, stands: readonly Stand[], { fromMs }: Range): readonly Stand[] {
  return stands.filter((stand) => { if (stand.lastMs >= fromMs) return true; const { connected, lastSeenMs } = agentOf(stand.agent, service); return connected || lastSeenMs >= fromMs; });
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
  return states.sort((a, b) => rankOf[b.standing.state] - rankOf[a.standing.state] || foundOf(b) - foundOf(a) || (a.source.id < b.source.id ? -1 : 1));
}

const everLeaked = ({ book }: Reader, { no }: Source): boolean => book.stands.ofSource(no).some(({ lastLeakMs }) => lastLeakMs !== null);
const rankOf = { leaking: 3, unproved: 2, clean: 1, ignored: 0 } as const;
const foundOf = ({ sums: { masked, residual, ignored } }: SourceState): number => Math.max(masked + residual, ignored);

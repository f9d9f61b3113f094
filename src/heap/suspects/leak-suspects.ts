// Few and right: what most likely keeps the heap from shrinking. An idle program has none.
import type { HeapAnalysis } from '../graph/analysis.ts';
import { accumulationSteps } from './accumulations.ts';
import type { Candidate } from './candidate.ts';
import { findChains } from './chains.ts';
import type { Earlier } from './earlier.ts';
import { growthSuspects } from './growth.ts';
import type { Suspect } from './suspect.ts';
import { newAmong, suspectOf } from './suspect-of.ts';
import { wasteSteps } from './waste.ts';
import type { Reveal } from '../summary/rows.ts';
import { inOneGo, type Steps } from '../summary/steps.ts';

export interface SuspectQuery extends Reveal {
  /** Then what grew counts, and what did not must be large to be named. One of another process tells nothing of growth and is left aside. */
  readonly before?: Earlier;
}

const mebibyte = 1024 * 1024;
const maxSuspects = 6;
/** Of the heap: what holds less is no suspect by itself; with an earlier snapshot growth decides. */
const minShare = 0.1;
const minShareGrowing = 0.02;
const minMembers = 500;
/** What did not grow is named from this share on. */
const largeShare = 0.3;
/** Of a candidate's entries, to call it growing. */
const minNewShare = 0.2;

/** Leaks first, the largest first; then waste. */
export const leakSuspects = (analysis: HeapAnalysis, query: SuspectQuery): readonly Suspect[] => inOneGo(suspectSteps(analysis, query));

/** The same in steps of some milliseconds each. */
export function* suspectSteps(analysis: HeapAnalysis, { before, reveal }: SuspectQuery): Steps<readonly Suspect[]> {
  const earlier = before?.diff.by === 'objects' ? before : null;
  const thresholds = { minRetained: Math.max(mebibyte, analysis.shallowTotal * (earlier === null ? minShare : minShareGrowing)), minMembers };
  const accumulations = yield* accumulationSteps(analysis, thresholds);
  yield;
  const candidates = [...accumulations, ...findChains(analysis, thresholds)].sort((a, b) => b.retained - a.retained || a.holder - b.holder);
  yield;
  const leaks = chosen(analysis, candidates.filter((one) => earlier === null || isWorthNaming(analysis, one, earlier))).map((candidate) => suspectOf(analysis, candidate, earlier, { reveal }));
  yield;
  const growing = earlier === null ? [] : growthSuspects(analysis, earlier, new Set(leaks.map(({ row }) => row)), { reveal });
  yield;
  return [...leaks, ...growing, ...(yield* wasteSteps(analysis, { reveal }))].slice(0, maxSuspects);
}

function isWorthNaming(analysis: HeapAnalysis, { members, retained }: Candidate, earlier: Earlier): boolean {
  return retained >= analysis.shallowTotal * largeShare || newAmong(members, earlier) >= Math.max(minMembers, members.length * minNewShare);
}

/** One of those that stand above one another, and one of those that share a holder: the largest. */
function chosen(analysis: HeapAnalysis, sorted: readonly Candidate[]): readonly Candidate[] {
  const kept: Candidate[] = [];
  for (const candidate of sorted) {
    if (kept.length === maxSuspects) break;
    if (!kept.some((one) => one.holder === candidate.holder || isAbove(analysis, one.holder, candidate.holder) || isAbove(analysis, candidate.holder, one.holder))) kept.push(candidate);
  }
  return kept;
}

function isAbove({ dominator, heap }: HeapAnalysis, above: number, row: number): boolean {
  for (let at = row; at !== heap.root; at = dominator[at]!) if (dominator[at] === above) return true;
  return false;
}

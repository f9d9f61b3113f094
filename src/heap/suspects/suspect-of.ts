// A candidate in words.
import { hasBit } from '../graph/bits.ts';
import type { HeapAnalysis } from '../graph/analysis.ts';
import { rowOfId, shareOf } from '../summary/node-rows.ts';
import { rootPath } from '../summary/root-path.ts';
import type { PathStep, Reveal } from '../summary/rows.ts';
import type { Candidate } from './candidate.ts';
import type { Earlier } from './earlier.ts';
import { classNameOf, knownAs } from './holder.ts';
import type { Certainty, Suspect, WordPart } from './suspect.ts';
import { counted, name, named, percent, plain } from './words.ts';

/** From this share on what one object holds is no cache among others. */
const sureShare = 0.3;

export function suspectOf(analysis: HeapAnalysis, candidate: Candidate, earlier: Earlier | null, reveal: Reveal): Suspect {
  const path = rootPath(analysis, candidate.holder, reveal);
  const isListeners = candidate.kind === 'accumulation' && path.slice(-4).some(({ via }) => via !== null && /^(_events|<symbol kEvents>|events)$/.test(via.name.text)) && classNameOf(analysis, candidate.members[0]!) === 'Function';
  const kind = isListeners ? 'listeners' : candidate.kind;
  return {
    kind, words: wordsOf(analysis, candidate, kind, path), detail: detailOf(analysis, candidate, earlier),
    row: candidate.holder, id: analysis.heap.nodes.id[candidate.holder]!, retained: candidate.retained, share: shareOf(analysis, candidate.retained),
    grown: earlier === null ? null : candidate.retained - retainedBefore(analysis, candidate, earlier),
    count: candidate.members.length, certainty: certaintyOf(analysis, candidate, earlier), path,
  };
}

function wordsOf(analysis: HeapAnalysis, { holder, members, retained }: Candidate, kind: Suspect['kind'], path: readonly PathStep[]): readonly WordPart[] {
  const known = knownAs(path);
  const share = percent(shareOf(analysis, retained));
  const count = counted(members.length);
  const heldBy = known === null ? [] : [plain(' retained by '), named(known)];
  if (kind === 'listeners') return [plain(`${count} listeners`), ...(known === null ? [] : [plain(' of '), named(known)]), plain(` on one `), name(emitterOf(path)), plain(` hold ${share} of the heap.`)];
  if (kind === 'chain') return [plain('A chain of '), plain(`${count} `), name(classNameOf(analysis, holder)), plain(' objects'), ...heldBy, plain(` holds ${share} of the heap.`)];
  return [plain('One '), name(classNameOf(analysis, holder)), ...heldBy, plain(` holds ${share} of the heap in ${count} entries.`)];
}

/** The object whose events the array of listeners belongs to: two steps up, past its table of events. */
function emitterOf(path: readonly PathStep[]): string {
  const events = path.findLastIndex(({ via }) => via !== null && /events/i.test(via.name.text));
  return path[events - 1]?.node.className ?? 'object';
}

function detailOf(analysis: HeapAnalysis, { members, onePath, kind }: Candidate, earlier: Earlier | null): readonly WordPart[] {
  const entries = classNameOf(analysis, members[0]!);
  const what = kind === 'chain' ? [plain('Each object holds the next.')] : [plain('The entries are '), name(entries), plain(onePath ? '; nothing else holds them.' : '; other objects hold them, too.')];
  if (earlier === null) return what;
  const added = newAmong(members, earlier);
  return [...what, plain(added === 0 ? ' None came since the earlier snapshot.' : ` ${counted(added)} of them came since the earlier snapshot.`)];
}

export const newAmong = (members: readonly number[], { diff }: Earlier): number => members.reduce((sum, row) => sum + (hasBit(diff.isNew, row) ? 1 : 0), 0);

function retainedBefore(analysis: HeapAnalysis, { holder }: Candidate, { analysis: before }: Earlier): number {
  const row = rowOfId(before, analysis.heap.nodes.id[holder]!);
  return row < 0 ? 0 : before.retained[row]!;
}

function certaintyOf(analysis: HeapAnalysis, candidate: Candidate, earlier: Earlier | null): Certainty {
  const isMost = shareOf(analysis, candidate.retained) >= sureShare && candidate.onePath;
  if (earlier === null) return isMost ? 'sure' : 'likely';
  return newAmong(candidate.members, earlier) * 2 >= candidate.members.length ? 'sure' : 'likely';
}

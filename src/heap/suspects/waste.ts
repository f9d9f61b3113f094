// Not leaks, but bytes for nothing: strings that the heap has many times, sockets and DOM nodes whose use is over.
import type { HeapAnalysis } from '../graph/analysis.ts';
import { hasBit, newBits, setBit } from '../graph/bits.ts';
import { duplicateSteps, type DuplicateGroup } from '../summary/duplicate-strings.ts';
import { closedSocketRows, detachedRows } from '../summary/left-behind.ts';
import { shareOf } from '../summary/node-rows.ts';
import { textOf } from '../summary/node-text.ts';
import { rootPath } from '../summary/root-path.ts';
import type { Reveal } from '../summary/rows.ts';
import type { Steps } from '../summary/steps.ts';
import { commonHolder, knownAs } from './holder.ts';
import type { Certainty, Suspect, SuspectKind, WordPart } from './suspect.ts';
import { bytes, counted, named, plain } from './words.ts';

const minWaste = 256 * 1024;
const minShare = 0.01;
const minLeftBehind = 10;
/** So many strings are named one by one. */
const maxStrings = 2;

export function* wasteSteps(analysis: HeapAnalysis, reveal: Reveal): Steps<readonly Suspect[]> {
  const copies = duplicates(analysis, yield* duplicateSteps(analysis), reveal);
  yield;
  const sockets = leftBehind(analysis, 'closed-sockets', closedSocketRows(analysis), reveal);
  yield;
  return [...copies, ...sockets, ...leftBehind(analysis, 'detached', detachedRows(analysis), reveal)];
}

function duplicates(analysis: HeapAnalysis, groups: readonly DuplicateGroup[], reveal: Reveal): readonly Suspect[] {
  const worth = groups.filter(({ waste }) => waste >= minWaste && shareOf(analysis, waste) >= minShare);
  return worth.slice(0, maxStrings).map(({ row, count, shallow, waste }) => {
    const holder = commonHolder(analysis, sameText(analysis, row));
    const known = holder < 0 ? null : knownAs(rootPath(analysis, holder, reveal));
    return suspect(analysis, reveal, {
      kind: 'duplicate-strings', row: holder < 0 ? row : holder, retained: shallow, count, certainty: 'waste',
      words: [plain('The string "'), named(textOf(analysis, row, reveal)), plain(`" exists ${counted(count)} times`), ...(known === null ? [] : [plain(', most of them in '), named(known)]), plain('.')],
      detail: [plain(`Not a leak by itself. Keeping one copy would free about ${bytes(waste)}.`)],
    });
  });
}

/** Strings written with the same text as this one. */
function sameText({ heap: { nodes }, shallow }: HeapAnalysis, row: number): number[] {
  const rows: number[] = [];
  for (let other = 0; other < nodes.count; other++) if (nodes.name[other] === nodes.name[row] && nodes.type[other] === nodes.type[row] && shallow[other] !== 0) rows.push(other);
  return rows;
}

function leftBehind(analysis: HeapAnalysis, kind: 'closed-sockets' | 'detached', rows: Uint32Array, reveal: Reveal): readonly Suspect[] {
  const retained = retainedTogether(analysis, rows);
  if (rows.length < minLeftBehind || shareOf(analysis, retained) < minShare) return [];
  const members = [...rows];
  const holder = commonHolder(analysis, members);
  const row = holder >= 0 ? holder : members.reduce((best, one) => (analysis.retained[one]! > analysis.retained[best]! ? one : best));
  const known = holder < 0 ? null : knownAs(rootPath(analysis, holder, reveal));
  const what = kind === 'detached' ? `${counted(rows.length)} DOM nodes of no document` : `${counted(rows.length)} closed sockets`;
  return [suspect(analysis, reveal, {
    kind, row, retained, count: rows.length, certainty: 'likely',
    words: [plain(`${what} are still held`), ...(known === null ? [] : [plain(' by '), named(known)]), plain('.')],
    detail: [plain(`They keep ${bytes(retained)}. Whoever closes one must let go of it, and take its listeners off.`)],
  })];
}

interface Found { readonly kind: SuspectKind; readonly row: number; readonly retained: number; readonly count: number; readonly certainty: Certainty; readonly words: readonly WordPart[]; readonly detail: readonly WordPart[] }

const suspect = (analysis: HeapAnalysis, reveal: Reveal, found: Found): Suspect =>
  ({ ...found, id: analysis.heap.nodes.id[found.row]!, share: shareOf(analysis, found.retained), grown: null, path: rootPath(analysis, found.row, reveal) });

const maxSteps = 64;

/** Bytes that these retain together: what one of them holds below another is counted once, as far as it stands near below. */
function retainedTogether({ dominator, retained, heap }: HeapAnalysis, rows: Uint32Array): number {
  const marked = newBits(heap.nodes.count);
  for (const row of rows) setBit(marked, row);
  let sum = 0;
  for (const row of rows) {
    let at = dominator[row]!;
    let steps = 0;
    while (at !== heap.root && !hasBit(marked, at) && steps++ < maxSteps) at = dominator[at]!;
    if (at === heap.root || !hasBit(marked, at)) sum += retained[row]!;
  }
  return sum;
}

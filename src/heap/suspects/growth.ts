// Classes that grew between two snapshots without one place that holds the new objects.
import type { HeapAnalysis } from '../graph/analysis.ts';
import { hasBit } from '../graph/bits.ts';
import type { ClassDelta } from '../diff/heap-diff.ts';
import { shareOf } from '../summary/node-rows.ts';
import { rootPath } from '../summary/root-path.ts';
import type { Reveal } from '../summary/rows.ts';
import type { Earlier } from './earlier.ts';
import type { Suspect } from './suspect.ts';
import { bytes, counted, name, plain } from './words.ts';

const minObjects = 1000;
/** Bytes that the new objects hold. */
const minGrowth = 1024 * 1024;
/** Of the whole heap's growth. */
const minShareOfGrowth = 0.2;

/** @param explained rows of suspects already named: what hangs below them is not told twice */
export function growthSuspects(analysis: HeapAnalysis, earlier: Earlier, explained: ReadonlySet<number>, reveal: Reveal): readonly Suspect[] {
  const least = Math.max(minGrowth, earlier.diff.sizeDelta * minShareOfGrowth);
  for (const own of earlier.diff.classes) {
    if (own.delta < minObjects || own.name.startsWith('(') || own.name.startsWith('system / ')) continue;
    const rows = newRows(analysis, earlier, own).filter((row) => !isBelow(analysis, row, explained));
    const retained = rows.reduce((sum, row) => sum + analysis.retained[row]!, 0);
    if (rows.length >= minObjects && retained >= least) return [suspectOf(analysis, own, rows, retained, reveal)];
  }
  return [];
}

function suspectOf(analysis: HeapAnalysis, own: ClassDelta, rows: readonly number[], retained: number, reveal: Reveal): Suspect {
  const row = rows.reduce((best, one) => (analysis.retained[one]! > analysis.retained[best]! ? one : best));
  return {
    kind: 'growth', row, id: analysis.heap.nodes.id[row]!, retained, share: shareOf(analysis, retained), grown: retained, count: rows.length, certainty: 'likely',
    words: [plain(`${counted(own.delta)} more `), name(own.name), plain(' objects than in the earlier snapshot.')],
    detail: [plain(`The new ones hold ${bytes(retained)}, in many places. One of them is shown.`)],
    path: rootPath(analysis, row, reveal),
  };
}

/** New objects of a class whose dominators are not of it: an inner one is in the outer one's size. */
function newRows({ classOf, dominator, shallow }: HeapAnalysis, { diff }: Earlier, { classRow }: ClassDelta): number[] {
  const rows: number[] = [];
  for (let row = 0; row < classOf.length; row++) if (classOf[row] === classRow && shallow[row] !== 0 && hasBit(diff.isNew, row) && classOf[dominator[row]!] !== classRow) rows.push(row);
  return rows;
}

const maxSteps = 64;

function isBelow({ dominator, heap }: HeapAnalysis, row: number, above: ReadonlySet<number>): boolean {
  let at = row;
  for (let steps = 0; at !== heap.root && steps < maxSteps; steps++) {
    if (above.has(at)) return true;
    at = dominator[at]!;
  }
  return false;
}

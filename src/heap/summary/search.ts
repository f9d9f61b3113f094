// Finding objects by id (`@48213`), by constructor or by name. The text of strings, and names that are values, are searched only
// for whoever may read them: a hit would tell what the dots hide.
import type { HeapAnalysis } from '../graph/analysis.ts';
import { hasBit, newBits, setBit } from '../graph/bits.ts';
import { typeRows } from '../graph/type-rows.ts';
import { stringAt } from '../parse/string-table.ts';
import { nodeRow, rowOfId } from './node-rows.ts';
import { isValueName } from './node-text.ts';
import { byRetained, countAtLeast, orderedOnce, pageOf } from './ordered.ts';
import type { NodeRow, Page, PageRequest, Reveal } from './rows.ts';
import { isString, shallowValue } from './string-value.ts';

export interface NodeQuery extends PageRequest, Reveal {
  /** `@id`, or a part of a name in any case. */
  readonly text: string;
  /** Bytes; 0 for all. */
  readonly minRetained?: number;
}

/** Most retained first; objects without a size are left out. An empty text finds nothing. */
export function searchNodes(analysis: HeapAnalysis, query: NodeQuery): Page<NodeRow> {
  const wanted = query.text.trim().toLowerCase();
  const rows = orderedOnce(analysis, `search ${query.reveal} ${wanted}`, () => byRetained(analysis, found(analysis, wanted, query.reveal)));
  return pageOf(rows, query, (row) => nodeRow(analysis, row, query), countAtLeast(analysis, rows, query.minRetained ?? 0));
}

function found(analysis: HeapAnalysis, wanted: string, reveal: boolean): Uint32Array {
  if (wanted === '') return new Uint32Array();
  if (!/^@\d+$/.test(wanted)) return byName(analysis, wanted, reveal);
  const row = rowOfId(analysis, Number(wanted.slice(1)));
  return row < 0 ? new Uint32Array() : Uint32Array.of(row);
}

function byName(analysis: HeapAnalysis, wanted: string, reveal: boolean): Uint32Array {
  const { heap, classOf, classes, shallow } = analysis;
  const classHit = Uint8Array.from(classes.name, (name) => (name.toLowerCase().includes(wanted) ? 1 : 0));
  const { consString } = typeRows(heap).node;
  const nameMatches = nameMatcher(analysis, wanted, reveal);
  const matches = (row: number): boolean => {
    if (!reveal && isString(heap, row)) return false;
    if (heap.nodes.type[row] === consString) return shallowValue(heap, row)?.toLowerCase().includes(wanted) ?? false;
    return nameMatches(heap.nodes.name[row]!) && (reveal || !isValueName(analysis, row));
  };
  const rows: number[] = [];
  for (let row = 0; row < heap.nodes.count; row++) {
    if (shallow[row] === 0) continue;
    if (classHit[classOf[row]!] === 1 || matches(row)) rows.push(row);
  }
  return Uint32Array.from(rows);
}

/** Each name is decoded once, however many objects have it; of an element only the tag is searched where values are hidden. */
function nameMatcher({ heap: { strings } }: HeapAnalysis, wanted: string, reveal: boolean): (name: number) => boolean {
  const looked = newBits(strings.count);
  const hits = newBits(strings.count);
  return (name) => {
    if (hasBit(looked, name)) return hasBit(hits, name);
    setBit(looked, name);
    const text = stringAt(strings, name).toLowerCase();
    const hit = (reveal || !text.includes('<') ? text : text.split(' ', 1)[0]!).includes(wanted);
    if (hit) setBit(hits, name);
    return hit;
  };
}

// How a reference is called: a property's or variable's name, an index. The pairs of a WeakMap are named anew, since V8's own
// name for them holds the text of strings; where that cannot be read it is a value, and so are keys of dictionaries and names
// that look like values. Variables are named in the program's text.
import type { HeapAnalysis } from '../graph/analysis.ts';
import { stringAt } from '../parse/string-table.ts';
import { codeText, valueText } from './heap-text.ts';
import type { HeapText, Reveal } from './rows.ts';

export const edgeType = ({ heap }: HeapAnalysis, edge: number): string => heap.edgeTypes[heap.edges.type[edge]!]!;

/** @param from row of the node that the edge belongs to */
export function edgeTextOf(analysis: HeapAnalysis, edge: number, from: number, { reveal }: Reveal): HeapText {
  const { heap, ephemerons, values } = analysis;
  const name = heap.edges.nameOrIndex[edge]!;
  const type = edgeType(analysis, edge);
  if (type === 'element' || type === 'hidden') return codeText(String(name));
  const ephemeron = type === 'internal' ? ephemerons.get(name) : undefined;
  if (ephemeron !== undefined) return codeText(`key @${ephemeron.keyId} → value @${ephemeron.valueId} in WeakMap (table @${ephemeron.tableId})`);
  const text = stringAt(heap.strings, name);
  const isValue = type === 'property' ? values.isDictionary(from) || values.isValue(name) : type !== 'context' && (isOfPair(text) || values.isValue(name));
  return isValue ? valueText(text, reveal) : codeText(text);
}

/** V8's words around the names of a WeakMap's key and value, in any version's order. */
const isOfPair = (text: string): boolean => text.includes('part of key (') || text.includes('pair in WeakMap');

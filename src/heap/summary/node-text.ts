// How one object is called in a list: a function by its name, a plain object by its properties, a string by its text (masked).
import type { HeapAnalysis } from '../graph/analysis.ts';
import { detached } from '../graph/detachedness.ts';
import { plainObjects } from '../graph/plain-objects.ts';
import { quotedIfOdd } from '../graph/property-name.ts';
import type { Heap } from '../model.ts';
import { stringAt } from '../parse/string-table.ts';
import { codeText, valueText } from './heap-text.ts';
import type { HeapText, Reveal } from './rows.ts';
import { isString, stringValue } from './string-value.ts';

/** From so many edges on, a plain object is a dictionary, and the names of its properties are values. */
const dictionaryEdges = 100;
const maxNameLength = 100;

export const isDictionary = (heap: Heap, row: number): boolean =>
  heap.nodes.firstEdge[row + 1]! - heap.nodes.firstEdge[row]! >= dictionaryEdges && plainObjects(heap).is(row);

export function textOf(analysis: HeapAnalysis, row: number, { reveal }: Reveal): HeapText {
  const { heap } = analysis;
  if (isString(heap, row)) return valueText(stringValue(heap, row), reveal);
  const name = stringAt(heap.strings, heap.nodes.name[row]!);
  if (name === 'Object' && plainObjects(heap).is(row)) return codeText(plainName(heap, row));
  const isDetached = heap.nodes.detachedness !== null && analysis.detachedness[row] === detached && heap.nodeTypes[heap.nodes.type[row]!] === 'native';
  return element(isDetached ? `Detached ${name}` : name, reveal);
}

/** The attributes of a page's element are its data: `<div id="…">` is shown as `<div>`. */
function element(name: string, reveal: boolean): HeapText {
  const tag = /^((?:Detached )?<[^\s>]+) /.exec(name)?.[1];
  return tag === undefined || reveal ? codeText(name) : { text: `${tag} …>`, isValue: true, masked: true, length: name.length };
}

/** `{id, lines, createdAt, …}` */
function plainName(heap: Heap, row: number): string {
  if (isDictionary(heap, row)) return '{…}';
  const names: string[] = [];
  let length = 2;
  let more = false;
  plainObjects(heap).properties(row, (property) => {
    const name = quotedIfOdd(stringAt(heap.strings, property));
    if (name === '__proto__') return true;
    length += name.length + 2;
    more = names.length > 0 && length > maxNameLength;
    if (!more) names.push(name);
    return !more;
  });
  return `{${names.join(', ')}${more ? ', …' : ''}}`;
}

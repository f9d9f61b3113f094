// How one object is called in a list: a function by its name, a plain object by its properties, a string by its text (masked).
// Names that are values are masked like strings.
import type { HeapAnalysis } from '../graph/analysis.ts';
import { detached } from '../graph/detachedness.ts';
import { plainObjects } from '../graph/plain-objects.ts';
import { quotedIfOdd } from '../graph/property-name.ts';
import { dots } from '../graph/value-names.ts';
import { stringAt } from '../parse/string-table.ts';
import { codeText, valueText } from './heap-text.ts';
import type { HeapText, Reveal } from './rows.ts';
import { isString, stringValue } from './string-value.ts';

const maxNameLength = 100;

export function textOf(analysis: HeapAnalysis, row: number, reveal: Reveal): HeapText {
  const { heap } = analysis;
  if (isString(heap, row)) return valueText(stringValue(heap, row), reveal.reveal);
  const name = stringAt(heap.strings, heap.nodes.name[row]!);
  if (name === 'Object' && plainObjects(heap).is(row)) return plainName(analysis, row, reveal);
  const isDetached = heap.nodes.detachedness !== null && analysis.detachedness[row] === detached && heap.nodeTypes[heap.nodes.type[row]!] === 'native';
  return element(analysis, isDetached ? `Detached ${name}` : name, reveal) ?? (isValueName(analysis, row) ? valueText(name, reveal.reveal) : codeText(isDetached ? `Detached ${name}` : name));
}

/** Must the name of this node, which is no string, be hidden? */
export function isValueName({ heap, values }: HeapAnalysis, row: number): boolean {
  const { name, type } = heap.nodes;
  return heap.nodeTypes[type[row]!] === 'code' ? values.isValueOfCode(name[row]!) : values.isValue(name[row]!);
}

/** The attributes of a page's element are its data: `<div id="…">` is shown as `<div>`. Null for what has none. */
function element({ values }: HeapAnalysis, name: string, { reveal }: Reveal): HeapText | null {
  const tag = /^((?:Detached )?<[^\s>]+) /.exec(name)?.[1];
  if (tag === undefined) return null;
  if (values.isValueText(tag)) return valueText(name, reveal);
  return reveal ? codeText(name) : { text: `${tag} …>`, isValue: true, masked: true, length: name.length };
}

/** `{id, lines, createdAt, …}` */
function plainName({ heap, values }: HeapAnalysis, row: number, { reveal }: Reveal): HeapText {
  if (values.isDictionary(row)) return codeText('{…}');
  const names: string[] = [];
  let [length, more, masked] = [2, false, false];
  plainObjects(heap).properties(row, (property) => {
    const isHidden = !reveal && values.isValue(property);
    const name = isHidden ? dots : quotedIfOdd(stringAt(heap.strings, property));
    if (name === '__proto__') return true;
    length += name.length + 2;
    more = names.length > 0 && length > maxNameLength;
    if (!more) { names.push(name); masked ||= isHidden; }
    return !more;
  });
  const text = `{${names.join(', ')}${more ? ', …' : ''}}`;
  return masked ? { text, isValue: true, masked } : codeText(text);
}

// Places: from a spot in a string value (the KQL block, for one) to the document's text, and back.
import { isMap, isSeq, type Node } from 'yaml';
import type { KqlDiagnostic, QuickFix, TextEdit } from '../../model/index.ts';
import type { RulePath, RuleProblem } from '../types.ts';
import { keyText, nodeAt, rangeOf, readYaml, type RuleYaml } from './read-yaml.ts';
import { blockParts, scalarMap, type ScalarMap } from './scalar-map.ts';

/** A spot inside the string value at `path`; offsets are UTF-16 into the value as YAML reads it. */
export interface ValuePlace { readonly path: RulePath; readonly offset: number }

/** One text, read once: for many questions about its places. */
export interface RulePlaces {
  /** The place in the text of a spot in the value at `path`; null when there is no such string. An offset past its end is its end. */
  offsetOf(path: RulePath, offsetInValue: number): number | null;
  /** Which string value the place in the text lies in; null between values. */
  valueAt(offset: number): ValuePlace | null;
  /** [start, end) of what stands at `path`, or of the nearest thing around it. */
  range(path: RulePath): readonly [number, number];
  /** [start, end) of the field's name; that of its value when it has none. */
  keyRange(path: RulePath): readonly [number, number];
  /** A diagnostic of the value at `path`, placed in the text, its quick fixes too. */
  place(path: RulePath, diagnostic: KqlDiagnostic): RuleProblem;
}

export const placesOf = (text: string): RulePlaces => placesIn(readYaml(text));

export function placesIn(source: RuleYaml): RulePlaces {
  const { text, yaml } = source;
  const maps = new Map<Node, ScalarMap | null>();
  const mapOf = (node: Node): ScalarMap | null => {
    const known = maps.get(node);
    if (known !== undefined) return known;
    const made = scalarMap(text, node);
    maps.set(node, made);
    return made;
  };
  const mapAt = (path: RulePath): ScalarMap | null => { const node = nodeAt(yaml, path)?.node ?? null; return node === null ? null : mapOf(node); };
  const offsetOf = (path: RulePath, offset: number): number | null => {
    const map = mapAt(path);
    return map === null ? null : map.at[Math.max(0, Math.min(offset, map.at.length - 1))]!;
  };
  const range = (path: RulePath): readonly [number, number] => rangeAround(source, path, false);
  return {
    offsetOf, range,
    keyRange: (path) => rangeAround(source, path, true),
    valueAt: (offset) => (yaml.contents === null ? null : valueUnder(yaml.contents, [], offset, mapOf)),
    place: (path, diagnostic) => {
      const { start, end, fixes, ...rest } = diagnostic;
      const [first, last] = range(path);
      const from = offsetOf(path, start) ?? first;
      const to = Math.max(from, offsetOf(path, end) ?? last);
      const placed = (fixes ?? []).flatMap((fix) => placeFix(source, path, fix) ?? []);
      return { ...rest, path, start: from, end: to, ...(placed.length > 0 && { fixes: placed }) };
    },
  };
}

/** The place in `text` of a spot in the string value at `path`; null when there is no such string. */
export const offsetOf = (text: string, path: RulePath, offsetInValue: number): number | null => placesOf(text).offsetOf(path, offsetInValue);

/** The string value that a place of the text lies in, and the spot in it; null between values. */
export const valueAt = (text: string, offset: number): ValuePlace | null => placesOf(text).valueAt(offset);

function rangeAround({ text, yaml }: RuleYaml, path: RulePath, wantsKey: boolean): readonly [number, number] {
  for (let length = path.length; length > 0; length--) {
    const found = nodeAt(yaml, path.slice(0, length));
    if (found === null) continue;
    const { pair, node } = found;
    const missing = length < path.length;
    if (pair !== null && (wantsKey || missing || node === null || rangeOf(node)[0] === rangeOf(node)[1])) return rangeOf(pair.key);
    if (node !== null) return missing ? firstLine(text, rangeOf(node)) : trimmed(text, rangeOf(node));
  }
  return firstLine(text, yaml.contents === null ? [0, text.length] : rangeOf(yaml.contents));
}

function firstLine(text: string, [start, end]: readonly [number, number]): readonly [number, number] {
  const newline = text.indexOf('\n', start);
  return [start, newline < 0 || newline > end ? end : newline];
}

/** Collections reach to the next field; a problem is shown up to their last visible character. */
const trimmed = (text: string, [start, end]: readonly [number, number]): readonly [number, number] => [start, Math.min(text.length, start + Math.max(1, text.slice(start, end).trimEnd().length))];

function valueUnder(node: Node, path: RulePath, offset: number, mapOf: (node: Node) => ScalarMap | null): ValuePlace | null {
  if (isMap(node)) {
    for (const { key, value } of node.items) {
      const found = value === null ? null : valueUnder(value as Node, [...path, keyText(key)], offset, mapOf);
      if (found !== null) return found;
    }
    return null;
  }
  if (isSeq(node)) {
    for (const [i, item] of node.items.entries()) { const found = valueUnder(item as Node, [...path, i], offset, mapOf); if (found !== null) return found; }
    return null;
  }
  const [start, end] = node.range ? rangeOf(node) : [0, -1];
  const map = offset < start || offset > end ? null : mapOf(node);
  if (map === null || offset > map.at.at(-1)!) return null;
  // The last character at or before the place; in front of the first one (quotes, the block's header) it is the start.
  return { path, offset: Math.max(0, lastAtOrBefore(map.at, offset)) };
}

/** Index of the last entry <= offset of an ascending list, its first when several are equal; -1 when all are greater. */
function lastAtOrBefore(at: readonly number[], offset: number): number {
  let low = 0;
  let high = at.length;
  while (low < high) { const middle = (low + high) >> 1; if (at[middle]! < offset) low = middle + 1; else high = middle; }
  return at[low] === offset ? low : low - 1;
}

/** A fix in KQL as a fix in the document; null when the value is written in a way that edits cannot be spliced into. */
function placeFix({ text, yaml }: RuleYaml, path: RulePath, fix: QuickFix): QuickFix | null {
  const node = nodeAt(yaml, path)?.node ?? null;
  const map = node === null ? null : scalarMap(text, node);
  if (node === null || map === null) return null;
  const style = (node as { type?: string }).type;
  const edits: TextEdit[] = [];
  for (const edit of fix.edits) {
    const written = writeInto(style, edit.text, style === 'BLOCK_LITERAL' ? blockParts(text, node).indent : 0);
    const start = map.at[edit.start];
    const end = map.at[edit.end];
    if (written === null || start === undefined || end === undefined) return null;
    edits.push({ start, end, text: written });
  }
  return { title: fix.title, edits };
}

/** KQL as it is written inside a scalar of that style. */
function writeInto(style: string | undefined, text: string, indent: number): string | null {
  if (style === 'BLOCK_LITERAL') return text.replaceAll('\n', `\n${' '.repeat(indent)}`);
  if (text.includes('\n')) return null;
  if (style === 'QUOTE_SINGLE') return text.replaceAll("'", "''");
  if (style === 'QUOTE_DOUBLE') return JSON.stringify(text).slice(1, -1);
  return style === 'PLAIN' && !/: |:$| #|[,[\]{}]/.test(text) ? text : null;
}

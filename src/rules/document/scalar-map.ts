// Where each character of a string value stands in the YAML text, for every way of writing a scalar (YAML 1.2, chapters 7.3
// and 8.1): plain, in quotes, as a block literal `|`, folded `>`. Diagnostics of KQL need it in both directions.
import { isScalar, Scalar, type Node } from 'yaml';
import { rangeOf } from './read-yaml.ts';

/** `at[i]` is the offset in the text of character i (UTF-16) of the value; `at[length]` is where the value ends. */
export interface ScalarMap { readonly value: string; readonly at: readonly number[] }

class Builder {
  #value = '';
  readonly #at: number[] = [];
  readonly #text: string;
  constructor(text: string) { this.#text = text; }

  /** text[start, end) as it is. */
  copy(start: number, end: number): void {
    for (let i = start; i < end; i++) this.#at.push(i);
    this.#value += this.#text.slice(start, end);
  }
  /** Characters that one place of the text stands for. */
  put(chars: string, at: number): void {
    for (let i = 0; i < chars.length; i++) this.#at.push(at);
    this.#value += chars;
  }
  done(end: number): ScalarMap { return { value: this.#value, at: [...this.#at, end] }; }
}

/** Null for what is no string, and for a scalar whose text this module reads otherwise than the YAML parser does. */
export function scalarMap(text: string, node: Node): ScalarMap | null {
  if (!isScalar(node)) return null;
  const map = decode(text, node);
  return map !== null && (typeof node.value !== 'string' || map.value.length === node.value.length) ? map : null;
}

function decode(text: string, node: Scalar): ScalarMap | null {
  const [start, end] = rangeOf(node);
  switch (node.type) {
    case Scalar.PLAIN: return folded(text, start, end, plainChar);
    case Scalar.QUOTE_SINGLE: return folded(text, start + 1, end - 1, singleQuotedChar);
    case Scalar.QUOTE_DOUBLE: return folded(text, start + 1, end - 1, doubleQuotedChar);
    case Scalar.BLOCK_LITERAL: return block(text, node, false);
    case Scalar.BLOCK_FOLDED: return block(text, node, true);
    default: return null;
  }
}

/** Reads one character at `i`, puts what it stands for, and gives the place after it. */
type ReadChar = (text: string, i: number, to: Builder) => number;

const plainChar: ReadChar = (_text, i, to) => { to.copy(i, i + 1); return i + 1; };
const singleQuotedChar: ReadChar = (text, i, to) => { to.copy(i, i + 1); return text.startsWith("''", i) ? i + 2 : i + 1; };

const escapes: Readonly<Record<string, string>> = { 0: '\0', a: '\x07', b: '\b', e: '\x1b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', N: '\u0085', _: '\u00a0', L: '\u2028', P: '\u2029' };
const hexLengths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

const doubleQuotedChar: ReadChar = (text, i, to) => {
  if (text[i] !== '\\') return plainChar(text, i, to);
  const next = text[i + 1] ?? '';
  const lineEnd = /^\r?\n[ \t]*/.exec(text.slice(i + 1, i + 1000));
  if (lineEnd !== null) return i + 1 + lineEnd[0].length;
  const digits = hexLengths[next];
  if (digits === undefined) { to.put(escapes[next] ?? next, i); return i + 2; }
  const code = Number.parseInt(text.slice(i + 2, i + 2 + digits), 16);
  to.put(code <= 0x10ffff ? String.fromCodePoint(code) : '?', i);
  return i + 2 + digits;
};

/** Flow scalars: white space around a line break goes; one break is a space, each further one a line break. */
function folded(text: string, start: number, end: number, read: ReadChar): ScalarMap {
  const to = new Builder(text);
  for (let i = start; i < end;) {
    const gap = isSpace(text[i]) ? breakAt(text, i, end) : null;
    if (gap === null) { i = read(text, i, to); continue; }
    const breaks = gap.split('\n').length - 1;
    to.put(breaks === 1 ? ' ' : '\n'.repeat(breaks - 1), i);
    i += gap.length;
  }
  return to.done(end);
}

const isSpace = (char: string | undefined): boolean => char === ' ' || char === '\t' || char === '\r' || char === '\n';

/** White space with at least one line break in it, from `start` on. */
function breakAt(text: string, start: number, limit: number): string | null {
  let end = start;
  while (end < limit && isSpace(text[end])) end++;
  const gap = text.slice(start, end);
  return gap.includes('\n') ? gap : null;
}

interface Line { readonly start: number; readonly end: number; readonly indent: number; readonly blank: boolean; /** Its text begins with a tab, which counts as deeper. */ readonly tab: boolean }

function linesOf(text: string, start: number, end: number): Line[] {
  const lines: Line[] = [];
  for (let at = start; at < end;) {
    const newline = text.indexOf('\n', at);
    const stop = newline < 0 || newline >= end ? end : newline;
    const lineEnd = text[stop - 1] === '\r' && stop > at ? stop - 1 : stop;
    const indent = /^ */.exec(text.slice(at, lineEnd))![0].length;
    lines.push({ start: at, end: lineEnd, indent, blank: at + indent === lineEnd, tab: text[at + indent] === '\t' && at + indent < lineEnd });
    at = stop + 1;
  }
  return lines;
}

/** The header line of a block scalar, and its body line by line. */
export function blockParts(text: string, node: Node): { readonly header: string; readonly bodyStart: number; readonly indent: number; /** How much deeper than its parent: what an indentation indicator says. */ readonly depth: number; readonly lines: readonly Line[] } {
  const [start, end] = rangeOf(node);
  const newline = text.indexOf('\n', start);
  const bodyStart = newline < 0 || newline >= end ? end : newline + 1;
  const header = /^[|>][-+\d]*/.exec(text.slice(start, bodyStart))?.[0] ?? '|';
  const lines = linesOf(text, bodyStart, end);
  const explicit = /\d/.exec(header)?.[0];
  const outer = (node.srcToken as { indent?: number } | undefined)?.indent ?? 0;
  const indent = explicit === undefined ? lines.find((line) => !line.blank)?.indent ?? Math.max(0, ...lines.map((line) => line.indent)) : Math.max(0, outer) + Number(explicit);
  return { header, bodyStart, indent, depth: indent - Math.max(0, outer), lines };
}

function block(text: string, node: Node, fold: boolean): ScalarMap {
  const { header, bodyStart, indent, lines } = blockParts(text, node);
  const contentCount = lines.findLastIndex((line) => !line.blank || line.indent > indent) + 1;
  const to = new Builder(text);
  for (const [i, line] of lines.slice(0, contentCount).entries()) {
    to.copy(Math.min(line.start + indent, line.end), line.end);
    if (i < contentCount - 1) to.put(fold ? foldedBreak(lines, i, indent) : '\n', line.end);
  }
  const last = lines[contentCount - 1];
  const end = (header.includes('+') ? lines.at(-1) : last)?.end ?? bodyStart;
  if (header.includes('+')) for (const line of lines.slice(Math.max(0, contentCount - 1))) to.put('\n', line.end);
  else if (!header.includes('-') && contentCount > 0) to.put('\n', end);
  return to.done(Math.max(end, bodyStart));
}

/** What the break behind line i is in a folded block: a space between two ordinary lines, else kept; the first of several is dropped.
 *  Lines that are indented deeper are not folded, even those of spaces alone. */
function foldedBreak(lines: readonly Line[], i: number, indent: number): string {
  const isDeeper = (line: Line | undefined): boolean => line !== undefined && (line.indent > indent || line.tab);
  const isText = (line: Line | undefined): boolean => line !== undefined && (!line.blank || isDeeper(line));
  const next = lines[i + 1];
  if (isText(lines[i]) && isText(next)) return isDeeper(lines[i]) || isDeeper(next) ? '\n' : ' ';
  if (!isText(lines[i])) return '\n';
  return isDeeper(lines[i]) || isDeeper(lines.slice(i + 1).find(isText)) ? '\n' : '';
}

// Where a place of the YAML text is, by indentation and brackets alone: works while a line is half written and the text does
// not parse. Lists count as index 0: the schema is the same for each entry.
import type { RulePath } from '../types.ts';

export interface CursorPath {
  /** The map that a field name at this place would be in, or for a value the field itself. */
  readonly path: RulePath;
  readonly position: 'name' | 'value';
  /** The word at the place; it is what a completion replaces. */
  readonly start: number; readonly end: number;
  /** Names that the same map already has near the place. */
  readonly siblings: readonly string[];
}

interface Line { readonly text: string; readonly indent: number; /** Column of the name behind dashes. */ readonly column: number; readonly dash: number | null; readonly name: string | null; readonly rest: string }

const fieldLine = /^(\s*)((?:- +)*)(?:(["']?)([^\s"':{}[\],#][^"':{}[\],#]*)\3\s*:(?=\s|$)(.*))?/;

function readLine(text: string): Line {
  const [, spaces = '', dashes = '', , name, rest = ''] = fieldLine.exec(text) ?? [];
  return { text, indent: spaces.length, column: spaces.length + dashes.length, dash: dashes === '' && !/^\s*-\s*$/.test(text) ? null : spaces.length, name: name ?? null, rest };
}

/** Null inside block text (`kql: |`) and comments. */
export function cursorPath(text: string, offset: number): CursorPath | null {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const lineEnd = text.indexOf('\n', offset) < 0 ? text.length : text.indexOf('\n', offset);
  const above = text.slice(0, lineStart).split('\n').slice(0, -1).map(readLine);
  const whole = text.slice(lineStart, lineEnd);
  const before = whole.slice(0, offset - lineStart);
  if (/(^|\s)#/.test(before)) return null;
  const line = readLine(whole);
  const blank = whole.trim() === '';
  const column = blank ? offset - lineStart : line.column;
  const parents = parentsOf(above, column, line.dash !== null && column > line.dash ? line.dash : null);
  if (parents === null) return null;
  const word = wordAt(text, offset, lineStart, lineEnd);
  const typed = before.slice(line.column);
  const inFlow = flowPath(typed, parents);
  if (inFlow !== null) return { ...inFlow, ...word };
  const colon = line.name === null ? -1 : whole.indexOf(':', line.column + line.name.length);
  const position = colon >= 0 && offset - lineStart > colon ? 'value' : 'name';
  const after = text.slice(lineEnd + 1).split('\n').map(readLine);
  return { path: position === 'value' ? [...parents, line.name!] : parents, position, ...word, siblings: siblingsOf(above, after, column) };
}

const isWord = (char: string | undefined): boolean => char !== undefined && /[\w./%-]/.test(char);

function wordAt(text: string, offset: number, lineStart: number, lineEnd: number): { start: number; end: number } {
  let start = offset;
  let end = offset;
  while (start > lineStart && isWord(text[start - 1])) start--;
  while (end < lineEnd && isWord(text[end])) end++;
  return text.slice(start, end) === '-' ? { start: offset, end: offset } : { start, end };
}

/** The fields that a line at `column` is under; null when it is text of a block. */
function parentsOf(above: readonly Line[], column: number, ownDash: number | null): RulePath | null {
  const path: (string | number)[] = ownDash === null ? [] : [0];
  let limit = ownDash ?? column;
  let inList = ownDash !== null;
  for (const line of above.toReversed()) {
    if (line.text.trim() === '' || /^\s*#/.test(line.text)) continue;
    if (line.name !== null && (line.column < limit || (inList && line.column === limit && line.dash === null))) {
      if (/^\s*[|>][-+\d]*\s*(#.*)?$/.test(line.rest)) return null;
      path.unshift(line.name);
      limit = line.column;
      inList = false;
    }
    if (line.dash !== null && line.dash < limit) { path.unshift(0); limit = line.dash; inList = true; }
    if (limit === 0 && !inList) break;
  }
  return path;
}

/** Inside `{ … }` or `[ … ]` that open and do not close on the line so far. */
function flowPath(typed: string, parents: RulePath): Pick<CursorPath, 'path' | 'position' | 'siblings'> | null {
  const open: { kind: '{' | '['; name: string | null; names: string[] }[] = [];
  let pending = '';
  let lastName: string | null = null;
  let quote = '';
  for (const char of typed) {
    if (quote !== '') { if (char === quote) quote = ''; pending += char; continue; }
    if ((char === '"' || char === "'") && /(^|\s)$/.test(pending)) { quote = char; pending += char; continue; }
    const top = open.at(-1);
    if (char === '{' || char === '[') { open.push({ kind: char, name: lastName, names: [] }); lastName = null; pending = ''; }
    else if (char === '}' || char === ']') { open.pop(); pending = ''; lastName = null; }
    else if (char === ':' && (top === undefined || top.kind === '{')) { lastName = pending.trim(); top?.names.push(lastName); pending = ''; }
    else if (char === ',') { pending = ''; lastName = null; }
    else pending += char;
  }
  if (open.length === 0 || quote !== '') return null;
  const path = [...parents];
  for (const { kind, name } of open) { if (name !== null) path.push(name); if (kind === '[') path.push(0); }
  const inner = open.at(-1)!;
  if (lastName !== null) return { path: [...path, lastName], position: 'value', siblings: [] };
  return { path, position: inner.kind === '{' ? 'name' : 'value', siblings: inner.names };
}

/** Names of the same map: neighbours at the same column, as far as the map reaches. */
function siblingsOf(above: readonly Line[], below: readonly Line[], column: number): readonly string[] {
  const names: string[] = [];
  const take = (lines: Iterable<Line>, stopAtDash: boolean): void => {
    for (const line of lines) {
      if (line.text.trim() === '' || /^\s*#/.test(line.text)) continue;
      if (line.column < column || (!stopAtDash && line.dash !== null && line.dash < column)) break;
      if (line.column === column && line.name !== null) names.push(line.name);
      if (stopAtDash && line.dash !== null && line.dash < column) break;
    }
  };
  take(above.toReversed(), true);
  take(below, false);
  return names;
}

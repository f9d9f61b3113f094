// Where a field's value stands in a line of JSON, so that only its text is rewritten: key order, spelling of numbers and unknown
// fields stay as they came. The line is known to be JSON; RFC 8259 is all that is read.

export interface Span { readonly start: number; readonly end: number }

/** Values under a dotted path, in order; a key may hold dots itself (`{"http.url": …}`). More than one where keys repeat. UTF-16 offsets. */
export function fieldSpans(line: string, path: string): readonly Span[] {
  const found: Span[] = [];
  membersOf(line, skipSpace(line, 0), path, found);
  return found;
}

/** A value that is no object and no list, and the keys to it with dots between; what is in a list has the list's path. */
export interface Leaf extends Span { readonly path: string }

/** Longer paths are told by their end, which says what a value is. */
const longestPath = 512;

/** Every such value of the line, in order. UTF-16 offsets. */
export function leavesOf(line: string): readonly Leaf[] {
  const found: Leaf[] = [];
  /** Paths of what is open. */
  const above: string[] = [];
  let path = '';
  for (let i = skipSpace(line, 0); i < line.length; i = skipSpace(line, i)) {
    const char = line[i]!;
    if (char === '{' || char === '[') { above.push(path); i++; continue; }
    if (char === '}' || char === ']') { above.pop(); i++; continue; }
    if (char === ',' || char === ':') { if (char === ',') path = above.at(-1) ?? ''; i++; continue; }
    const end = valueEnd(line, i);
    if (char === '"' && line[skipSpace(line, end)] === ':') path = pathTo(above.at(-1) ?? '', JSON.parse(line.slice(i, end)) as string);
    else found.push({ path, start: i, end });
    i = end;
  }
  return found;
}

const pathTo = (above: string, key: string): string => (above === '' ? key : `${above}.${key}`).slice(-longestPath);

/** Where the object that is the whole line ends: the place of its closing brace. */
export const closingBrace = (line: string): number => line.lastIndexOf('}');

/** Whether the line's object has no members. */
export const isEmptyObject = (line: string): boolean => line[skipSpace(line, skipSpace(line, 0) + 1)] === '}';

/** Adds the values under the path in the object at `at`; the place behind the object. */
function membersOf(line: string, at: number, path: string, found: Span[]): number {
  let i = skipSpace(line, at + 1);
  while (line[i] !== '}') {
    const keyEnd = stringEnd(line, i);
    const key = JSON.parse(line.slice(i, keyEnd)) as string;
    const start = skipSpace(line, skipSpace(line, keyEnd) + 1);
    const inner = path.startsWith(`${key}.`) && line[start] === '{';
    const end = inner ? membersOf(line, start, path.slice(key.length + 1), found) : valueEnd(line, start);
    if (key === path) found.push({ start, end });
    i = skipSpace(line, end);
    if (line[i] === ',') i = skipSpace(line, i + 1);
  }
  return i + 1;
}

/** The place behind the value at `at`, whatever is in it; nesting is counted, not descended into. */
function valueEnd(line: string, at: number): number {
  if (line[at] === '"') return stringEnd(line, at);
  if (line[at] !== '{' && line[at] !== '[') { let i = at; while (i < line.length && !',]} \t\r\n'.includes(line[i]!)) i++; return i; }
  let depth = 0;
  for (let i = at; i < line.length; i++) {
    const char = line[i];
    if (char === '"') i = stringEnd(line, i) - 1;
    else if (char === '{' || char === '[') depth++;
    else if ((char === '}' || char === ']') && --depth === 0) return i + 1;
  }
  return line.length;
}

function stringEnd(line: string, at: number): number {
  let i = at + 1;
  while (i < line.length && line[i] !== '"') i += line[i] === '\\' ? 2 : 1;
  return i + 1;
}

function skipSpace(line: string, at: number): number {
  let i = at;
  while (line[i] === ' ' || line[i] === '\t' || line[i] === '\r' || line[i] === '\n') i++;
  return i;
}

// STRUCTURED-DATA of RFC 5424 section 6.3: `-`, or elements `[ID NAME="VALUE" …]` one after another; in a value `"`, `\` and `]` are escaped
// by `\`, any other backslash is itself. One pass.

type Data = Record<string, string | string[]>;
export interface StructuredData { readonly data: Data | null; readonly end: number }

/** Null when it is not well-formed. */
export function structuredDataAt(text: string, at: number): StructuredData | null {
  if (text[at] === '-') return isEnd(text, at + 1) ? { data: null, end: at + 1 } : null;
  const data = Object.create(null) as Data;
  let end = at;
  while (text[end] === '[') {
    const next = elementAt(text, end + 1, data);
    if (next === null) return null;
    end = next;
  }
  return end > at && isEnd(text, end) ? { data, end } : null;
}

const isEnd = (text: string, at: number): boolean => at >= text.length || text[at] === ' ';

/** The index after its `]`. */
function elementAt(text: string, at: number, data: Data): number | null {
  const id = nameAt(text, at);
  if (id === '') return null;
  for (let i = at + id.length; ;) {
    if (text[i] === ']') return i + 1;
    if (text[i] !== ' ') return null;
    const name = nameAt(text, i + 1);
    const open = i + 1 + name.length;
    if (name === '' || text[open] !== '=' || text[open + 1] !== '"') return null;
    const value = valueAt(text, open + 2);
    if (value === null) return null;
    add(data, `${id}.${name}`, value.text);
    i = value.end;
  }
}

function nameAt(text: string, at: number): string {
  let end = at;
  for (; end < text.length; end++) if (' ="]'.includes(text[end]!)) break;
  return text.slice(at, end);
}

function valueAt(text: string, at: number): { readonly text: string; readonly end: number } | null {
  let [from, value] = [at, ''];
  for (let i = at; i < text.length; i++) {
    if (text[i] === '"') return { text: value + text.slice(from, i), end: i + 1 };
    if (text[i] !== '\\' || !'"\\]'.includes(text[i + 1] ?? 'x')) continue;
    value += text.slice(from, i);
    from = ++i;
  }
  return null;
}

function add(data: Data, name: string, value: string): void {
  const before = data[name];
  if (before === undefined) data[name] = value;
  else if (Array.isArray(before)) before.push(value);
  else data[name] = [before, value];
}

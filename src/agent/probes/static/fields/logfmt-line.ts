// logfmt: `key=value key="a \"quoted\" value" flag`, as Heroku's and Go's libraries write it. One pass, no backtracking.
import { noFields, takeField, type Fields } from './known-fields.ts';

const [space, quote, equals, backslash] = [0x20, 0x22, 0x3d, 0x5c];

/** Null when a piece is not of this form, or when fewer than `leastPairs` have a value: then it is a plain line. */
export function logfmtFields(text: string, leastPairs = 1): Fields | null {
  const fields = noFields();
  let [at, pairs] = [0, 0];
  while (at < text.length) {
    if (text.charCodeAt(at) <= space) { at++; continue; }
    const keyEnd = endOfKey(text, at);
    if (keyEnd <= at) return null;
    const key = text.slice(at, keyEnd);
    if (text.charCodeAt(keyEnd) !== equals) { takeField(fields, key, true); at = keyEnd; continue; }
    const read = valueAt(text, keyEnd + 1);
    if (read === null) return null;
    takeField(fields, key, read.value);
    at = read.end;
    pairs++;
  }
  return pairs >= leastPairs ? fields : null;
}

function endOfKey(text: string, at: number): number {
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code <= space || code === equals || code === quote) return code === quote ? -1 : at;
  }
  return at;
}

function valueAt(text: string, at: number): { readonly value: unknown; readonly end: number } | null {
  if (text.charCodeAt(at) === quote) return quotedAt(text, at + 1);
  let end = at;
  while (end < text.length && text.charCodeAt(end) > space && text.charCodeAt(end) !== quote) end++;
  return text.charCodeAt(end) === quote ? null : { value: typed(text.slice(at, end)), end };
}

function quotedAt(text: string, at: number): { readonly value: string; readonly end: number } | null {
  let [from, value] = [at, ''];
  for (let i = at; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === quote) return { value: value + text.slice(from, i), end: i + 1 };
    if (code !== backslash || i + 1 >= text.length) continue;
    value += text.slice(from, i) + unescaped(text[++i]!);
    from = i + 1;
  }
  return null;
}

const unescaped = (letter: string): string => (letter === 'n' ? '\n' : letter === 't' ? '\t' : letter === 'r' ? '\r' : letter);

/** Numbers and booleans where nothing is lost by it. */
function typed(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  if (!/^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/.test(text)) return text;
  const number = Number(text);
  return String(number) === text ? number : text;
}

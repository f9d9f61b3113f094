// Values as programs write them behind a name: in quotes, also in quotes that are escaped once or more often, in a wrapper's
// brackets, bare up to what ends them. Positions in the text; nothing is judged here.
import { asciiText, letters, runEnd, wordBytes } from '../../bytes.ts';

/** `spaced`: a blank stood between the name's sign and the value, as in prose. `items`: of a list, of which start and end are the
 *  first one's and the last one's. */
export interface Value { readonly start: number; readonly end: number; readonly quoted: boolean; readonly spaced: boolean; readonly items?: readonly Stretch[] }
export interface Stretch { readonly start: number; readonly end: number }

export const sign = { quote: 0x22, apostrophe: 0x27, comma: 0x2c, backtick: 0x60, backslash: 0x5c, space: 0x20, dash: 0x2d, colon: 0x3a, equals: 0x3d, less: 0x3c, greater: 0x3e, bracket: 0x5b, round: 0x28 } as const;
export const isQuote = (byte: number | undefined): boolean => byte === sign.quote || byte === sign.apostrophe || byte === sign.backtick;
export const setOf = (is: (byte: number) => boolean): Uint8Array => Uint8Array.from({ length: 256 }, (_, byte) => (is(byte) ? 1 : 0));
export const blanks = setOf((byte) => byte === sign.space || byte === 0x09);
export const blanksAndLines = setOf((byte) => blanks[byte] === 1 || byte === 0x0a || byte === 0x0d);
const backslashes = setOf((byte) => byte === sign.backslash);
/** Before a quote that is escaped three times. */
const mostSlashes = 7;

/** So much of a value without quotes is judged; one that stands is taken whole, so that names in a row cost a look each. */
export const judgedBytes = 512;
/** So much of a list is looked at. */
const mostList = 4096;

/** Ends a value without quotes. */
const endsValue = setOf((byte) => byte <= 0x20 || byte === 0x7f || '"\'`,;&|)}]<>'.includes(String.fromCharCode(byte)));
const opens = setOf((byte) => '<[{('.includes(String.fromCharCode(byte)));
export const opensBracket = (byte: number | undefined): boolean => byte !== undefined && opens[byte] === 1;
export const inValue = endsValue.map((is) => 1 - is);
/** Brackets end no value in brackets. */
const inOpened = inValue.map((is, byte) => (')}]<>'.includes(String.fromCharCode(byte)) ? 1 : is));

export function valueEnd(bytes: Uint8Array, at: number, end: number): number {
  // Brackets that open a value do not end it: `<…`, `[…`, `${…`.
  const first = bytes[at] === 0x24 || bytes[at] === 0x25 ? at + 1 : at;
  let last = first;
  while (last < end && last < first + 3 && opens[bytes[last]!] === 1) last++;
  if (last === first) return runEnd(bytes, at, end, inValue);
  return runEnd(bytes, last, end, inOpened);
}

/** Where a quote stands that opens a value at `at`, behind the backslashes that escape it; -1 when none does. */
export function openingQuote(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end) return -1;
  const first = bytes[at] === sign.backslash ? runEnd(bytes, at, Math.min(end, at + mostSlashes), backslashes) : at;
  return first < end && isQuote(bytes[first]) ? first : -1;
}

/** From the quote at `at`, before which there are so many backslashes, to the one that is escaped as often, or to the end where it
 *  is missing: a cut-off line hides nothing. */
export function quoted(bytes: Uint8Array, at: number, end: number, slashes: number): Value {
  const mark = bytes[at];
  const depth = 31 - Math.clz32(slashes + 1);
  let run = 0;
  for (let i = at + 1; i < end; i++) {
    if (bytes[i] === sign.backslash) { run++; continue; }
    if (bytes[i] === mark && closes(run, depth)) return { start: at + 1, end: i - Math.min(run, (1 << depth) - 1), quoted: true, spaced: false };
    run = 0;
  }
  return { start: at + 1, end, quoted: true, spaced: false };
}

/** Whether a quote behind so many backslashes ends a string whose own quotes were escaped `depth` times: each time doubles what
 *  stands before a quote and adds one. What is escaped less often ends what is around the string. */
const closes = (run: number, depth: number): boolean => run + 1 < 1 << depth || (((run + 1) >> depth) & 1) === 1;

/** Letters of strings' prefixes (Python's u'…' and b'…'), and wrappers as debuggers print them: Some("…"), Optional("…"), Secret("…"). */
const wrapper = /^(?:[ubrf]{1,2}(?=["'])|(?:(?:(?:Some|Ok|Option|Optional|Secret|SecretString|SecretStr|SecretBox|SecretValue|Sensitive|Password|Token|String|Zeroizing)[([]\s?){1,4}|Just )(?=\\{0,7}["']))/i;
const longestWrapper = 13;

/** Where a wrapper ends that begins at `at`; `at` when none does. Few words are looked at closer: those that a bracket or quote ends. */
function wrapperEnd(bytes: Uint8Array, at: number, end: number): number {
  const last = runEnd(bytes, at, Math.min(end, at + longestWrapper), letters);
  const next = bytes[last];
  if (last === at || last >= end || !(next === sign.bracket || next === sign.round || (next === sign.space && last - at === 4) || isQuote(next))) return at;
  return at + (wrapper.exec(asciiText(bytes, at, end))?.[0].length ?? 0);
}

/** A value that begins at `at`: quoted, a list, or up to what ends one. */
export function valueAt(bytes: Uint8Array, at: number, end: number, spaced: boolean): Value {
  const from = wrapperEnd(bytes, at, end);
  const mark = openingQuote(bytes, from, end);
  if (mark >= 0) return quoted(bytes, mark, end, mark - from);
  return listAt(bytes, at, end) ?? { start: at, end: valueEnd(bytes, at, Math.min(end, at + judgedBytes)), quoted: false, spaced };
}

/** `["…", "…"]` and `[…, …]`; null when there is no list. */
export function listAt(bytes: Uint8Array, at: number, end: number): Value | null {
  if (bytes[at] !== sign.bracket) return null;
  const limit = Math.min(end, at + mostList);
  const items: Stretch[] = [];
  for (let from = at + 1; ;) {
    from = runEnd(bytes, from, limit, blanksAndLines);
    const mark = openingQuote(bytes, from, limit);
    const item = mark < 0 ? { start: from, end: runEnd(bytes, from, limit, wordlike) } : quoted(bytes, mark, limit, mark - from);
    if (item.end === item.start && mark < 0) break;
    items.push(item);
    from = mark < 0 ? item.end : Math.min(limit, item.end + mark - from + 1);
    const next = runEnd(bytes, from, limit, blanksAndLines);
    if (bytes[next] !== sign.comma) break;
    from = next + 1;
  }
  const last = items.at(-1);
  return last === undefined ? null : { start: items[0]!.start, end: last.end, quoted: true, spaced: false, items };
}

/** Items of YAML, each on a line of its own behind `- `; null when there are none at `at`. */
export function dashedAt(bytes: Uint8Array, at: number, end: number): Value | null {
  const limit = Math.min(end, at + mostList);
  const items: Stretch[] = [];
  for (let from = at; bytes[from] === sign.dash && blanks[bytes[from + 1]!] === 1;) {
    const first = runEnd(bytes, from + 1, limit, blanks);
    const mark = openingQuote(bytes, first, limit);
    const item = mark < 0 ? { start: first, end: runEnd(bytes, first, limit, wordlike) } : quoted(bytes, mark, limit, mark - first);
    const behind = runEnd(bytes, mark < 0 ? item.end : Math.min(limit, item.end + 1), limit, blanks);
    if (item.end === item.start || (behind < limit && bytes[behind] !== 0x0a && bytes[behind] !== 0x0d)) break;
    items.push(item);
    from = runEnd(bytes, behind, limit, blanksAndLines);
  }
  const last = items.at(-1);
  return last === undefined ? null : { start: items[0]!.start, end: last.end, quoted: true, spaced: false, items };
}

const wordlike = inValue.map((is, byte) => (wordBytes[byte] === 1 || '-._~+/=@:!?#%$*^'.includes(String.fromCharCode(byte)) ? is : 0));

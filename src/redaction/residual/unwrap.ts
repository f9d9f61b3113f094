// One wrapping off: percent-encoding, also twice, escapes of JSON, references of HTML, colours of a terminal, base64. In its own simple way, apart from the scanner's,
// and each by itself: what lies in two is the detectors' to find.

export interface Unwrapped {
  readonly plain: string;
  /** Where plain[start, end) came from, in UTF-16 of the text. */
  spanOf(start: number, end: number): { readonly start: number; readonly end: number };
}

/** Each match of `pattern` becomes what `plainOf` says of it. */
interface Wrapping { readonly cue: string; readonly pattern: RegExp; readonly plainOf: (match: string) => string }

const letters: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
const references: Readonly<Record<string, string>> = { quot: '"', apos: "'", amp: '&', lt: '<', gt: '>' };
/** What a reference of HTML stands for. */
function referred(match: string): string {
  const name = match.slice(1, -1);
  return references[name] ?? String.fromCharCode(/^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1)));
}
/** Of masks; of other characters each byte of UTF-8 is one by itself, for patterns are of ASCII. */
const bullet = '\u2022';
const escape = String.fromCharCode(27);
const wrappings: readonly Wrapping[] = [
  { cue: '%', pattern: /%E2%80%A2|%[0-9A-Fa-f]{2}/gi, plainOf: (match) => (match.length > 3 ? bullet : String.fromCharCode(Number.parseInt(match.slice(1), 16))) },
  { cue: '%25', pattern: /%25E2%2580%25A2|%25[0-9A-Fa-f]{2}/gi, plainOf: (match) => (match.length > 5 ? bullet : String.fromCharCode(Number.parseInt(match.slice(3), 16))) },
  { cue: '&', pattern: /&(?:quot|apos|amp|lt|gt|#\d{1,5}|#[xX][0-9A-Fa-f]{1,4});/g, plainOf: referred },
  { cue: '\\', pattern: /\\{1,15}"|\\(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[nrtbf'\\/])/g, plainOf: (match) => (match.endsWith('"') ? '"' : match.length > 2 ? String.fromCharCode(Number.parseInt(match.slice(2), 16)) : letters[match[1]!] ?? match[1]!) },
  // A colour says where a word ends, which a space says too.
  { cue: escape, pattern: new RegExp(`${escape}\\[[0-9;]{0,20}[A-Za-z]`, 'g'), plainOf: () => ' ' },
];

/** The text without each wrapping that is in it, and what each base64 run holds. */
export function* unwrapped(text: string): Iterable<Unwrapped> {
  for (const wrapping of wrappings) {
    const made = text.includes(wrapping.cue) ? without(text, wrapping) : null;
    if (made !== null) yield made;
  }
  for (const run of text.matchAll(base64Run)) {
    const plain = fromBase64(run[0]);
    if (plain !== null) yield { plain, spanOf: () => ({ start: run.index, end: run.index + run[0].length }) };
  }
}

function without(text: string, { pattern, plainOf }: Wrapping): Unwrapped | null {
  let plain = '';
  let last = 0;
  /** Where each character of `plain` begins in the text, and where the last one ends. */
  const from: number[] = [];
  const keep = (end: number): void => { plain += text.slice(last, end); for (let i = last; i < end; i++) from.push(i); };
  for (const { index, 0: match } of text.matchAll(pattern)) {
    keep(index);
    plain += plainOf(match);
    from.push(index);
    last = index + match.length;
  }
  if (last === 0) return null;
  keep(text.length);
  from.push(text.length);
  return { plain, spanOf: (start, end) => ({ start: from[start]!, end: from[end]! }) };
}

const base64Run = /[A-Za-z0-9+/_-]{16,}={0,2}/g;
const base64Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const sextets: ReadonlyMap<string, number> = new Map([...[...base64Alphabet].map((char, i) => [char, i] as const), ['-', 62], ['_', 63]]);

/** Null when what it holds is no text of ASCII. */
function fromBase64(run: string): string | null {
  let plain = '';
  let bits = 0;
  let count = 0;
  for (const char of run) {
    const sextet = sextets.get(char);
    if (sextet === undefined) break;
    bits = ((bits << 6) | sextet) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    const byte = (bits >> count) & 0xff;
    if (byte > 0x7e || (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d)) return null;
    plain += String.fromCharCode(byte);
  }
  return plain;
}

// One verifier for all rows of the vendor tables.
import { asciiText, runEnd, runStart, wordBytes } from '../../bytes.ts';
import type { Detector, Match, Window } from '../../types.ts';
import { mostRead, type ContextForm, type Part, type TokenForm } from './form.ts';
import { isDummy } from './dummy.ts';

interface Vendor extends Pick<Detector, 'name' | 'title' | 'doc' | 'facts' | 'source' | 'check' | 'family'> {
  readonly version?: number;
  readonly tokens?: readonly TokenForm[];
  readonly contexts?: readonly ContextForm[];
}

export function detector({ tokens = [], contexts = [], version = 1, ...described }: Vendor): Detector {
  return {
    ...described, version,
    // Each once: the scanner asks once for every anchor that ends at a place.
    prefixes: tokens.filter((one) => one.keep > 0).map((one) => String(one.parts[0]).slice(0, one.keep)),
    anchors: [...new Set([...tokens.map((one) => one.anchor), ...contexts.flatMap((one) => one.keywords)])],
    verify: (window, at, match) => tokens.some((one) => isToken(one, window, at, match)) || contexts.some((one) => isInContext(one, window, at, match)),
  };
}

function isToken(token: TokenForm, window: Window, at: number, match: Match): boolean {
  const { bytes } = window;
  const anchorStart = at - token.anchor.length;
  // Before the text stands nothing, as if a line began.
  for (let i = 0; i < token.anchor.length; i++) if (anchorStart + i >= window.start && !token.anchor[i]!(bytes[anchorStart + i]!)) return false;
  const from = tokenStart(token, window, anchorStart);
  if (from < window.start || !standsAlone(token.before, window, from)) return false;
  const end = walk(token.parts, window, from);
  if (end < 0) return false;
  const confidence = token.judge(bytes, from, end);
  if (confidence === 0 || isDummy(bytes, from + token.keep, end)) return false;
  match.start = from;
  match.end = whole(token.parts, window, end);
  match.keep = token.keep;
  match.confidence = confidence;
  return true;
}

function tokenStart(token: TokenForm, window: Window, anchorStart: number): number {
  if (token.lead === null) return anchorStart - (token.offset ?? 0);
  const { table, max, min } = token.lead;
  const from = runStart(window.bytes, anchorStart, Math.max(window.start, anchorStart - max - 1), table);
  return anchorStart - from >= min && anchorStart - from <= max ? from : -1;
}

/** Where the token ends, reading at most `mostRead` bytes a part; -1 when it is none. */
function walk(parts: readonly Part[], { bytes, end }: Window, from: number): number {
  let at = from;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    if (typeof part === 'string') {
      if (at + part.length > end) return -1;
      for (let k = 0; k < part.length; k++) if (bytes[at + k] !== part.charCodeAt(k)) return -1;
      at += part.length;
      continue;
    }
    const limit = Math.min(end, at + Math.min(part.max, mostRead));
    const last = runEnd(bytes, at, limit, part.table);
    if (last - at < part.min) return -1;
    at = last;
    // What goes on after the last part is another, longer thing.
    if (i === parts.length - 1 && part.max < mostRead && at < end && (part.table[bytes[at]!] === 1 || wordBytes[bytes[at]!] === 1)) return -1;
  }
  return at;
}

/** A run without an upper bound is hidden whole, however long. */
function whole(parts: readonly Part[], { bytes, end }: Window, at: number): number {
  const last = parts.at(-1);
  return typeof last === 'object' && last.max === Infinity ? runEnd(bytes, at, end, last.table) : at;
}

/** Not in the middle of a word; `%3D`, `\n` and `\u003d` before it are written-out signs, no letters. */
export function standsAlone(before: Uint8Array, { bytes, start }: Window, at: number): boolean {
  if (at === start || before[bytes[at - 1]!] === 0) return true;
  const text = asciiText(bytes, Math.max(start, at - 6), at);
  return /(?:%[0-9A-Fa-f]{2}|\\[nrtbf]|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2})$/.test(text);
}

/** Bytes of a name: `Datadog.api-key`. */
const nameBytes = wordBytes.map((is, byte) => (byte === 0x2d || byte === 0x2e ? 1 : is));
const longestName = 48;

function isInContext(context: ContextForm, window: Window, at: number, match: Match): boolean {
  const { bytes } = window;
  const keyword = context.keywords.find((one) => endsWith(one, window, at));
  if (keyword === undefined) return false;
  // A keyword may hold what is no part of a name; what stands before it begins the name.
  const from = runStart(bytes, at - keyword.length, Math.max(window.start, at - longestName), nameBytes);
  const text = asciiText(bytes, from, window.end, context.reach);
  context.pattern.lastIndex = 0;
  const found = context.pattern.exec(text)?.indices?.groups?.['value'];
  if (found === undefined) return false;
  const start = from + found[0];
  const end = from + found[1];
  if (isDummy(bytes, start, end)) return false;
  const confidence = context.judge(bytes, start, end);
  if (confidence === 0) return false;
  match.start = start;
  match.end = end;
  match.keep = 0;
  match.confidence = confidence;
  return true;
}

function endsWith(keyword: readonly ((byte: number) => boolean)[], { bytes, start }: Window, at: number): boolean {
  const from = at - keyword.length;
  return from >= start && keyword.every((set, i) => set(bytes[from + i]!));
}

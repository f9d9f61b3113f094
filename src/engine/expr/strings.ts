// String functions. Positions and lengths count code points, as KQL's do; null is the empty string.
import { encodeUtf8, fallShort, type Clock } from '../../base/index.ts';
import type { Value } from '../../otlp/index.ts';
import { isArray, isNumeric, maxText, placesIn, toText } from '../values/index.ts';
import { joined, replaced, splitAt } from './bounded-text.ts';
import type { Compiled } from './frame.ts';
import { lengthOf, search, substring, type Place } from './positions.ts';
import { anyCount, define, grows, plain, type Builder, type FunctionTable } from './registry.ts';
import { eachMatch, regexOf, type Matcher } from './regex.ts';
import { textOf } from './string-ops.ts';

export const ofText = (apply: (text: string) => Value): Builder => ([arg]) => { const text = textOf(arg!); return (frame) => apply(text(frame)); };

const pureAscii = /^[\0-\x7f]*$/;

export const asNumber = (value: Value | undefined, otherwise: number): number => (value !== undefined && isNumeric(value) ? Number(value) : otherwise);
/** Places in texts are whole. */
const asPlace = (value: Value | undefined, otherwise: number): number => Math.trunc(asNumber(value, otherwise));
const texts = (values: readonly Value[], types: readonly Parameters<typeof toText>[1][]): readonly string[] => values.map((value, i) => toText(value, types[i]!));

/** `indexof(text, wanted, [start], [length], [occurrence])`, -1 when absent. */
const indexOf = plain(2, 5, ([text = null, wanted = null, start, length, occurrence], types) => {
  const [where, what] = [toText(text, types[0]!), toText(wanted, types[1]!)];
  return search(where, asPlace(start, 0), asPlace(length, -1), asPlace(occurrence, 1), (from) => plainPlaces(where, what, from));
});

/** Occurrences that do not overlap; an empty text stands in front of every letter and at the end. */
function* plainPlaces(text: string, wanted: string, from: number): Generator<Place> {
  const next = placesIn(text, wanted);
  for (let at = next(from); at >= 0;) {
    const end = at + wanted.length;
    yield { at, end };
    if (wanted === '' && at === text.length) return;
    at = next(Math.max(at + 1, end));
  }
}

/** `indexof_regex`: the same with a regex; matches do not overlap, a negative start makes no sense. */
const indexOfRegex: Builder = (args, { clock }) => {
  const [text, regex] = [textOf(args[0]!), regexOf(args[1]!)];
  const rest = args.slice(2).map((arg) => arg.run);
  return (frame) => {
    const where = text(frame);
    const matcher = regex(frame)?.matcher(where) ?? null;
    const [start, length, occurrence] = [asPlace(rest[0]?.(frame), 0), asPlace(rest[1]?.(frame), -1), asPlace(rest[2]?.(frame), 1)];
    if (matcher === null || start < 0) return null;
    return search(where, start, length, occurrence, (from) => regexPlaces(matcher, clock, from));
  };
};

function* regexPlaces(matcher: Matcher, clock: Clock, from: number): Generator<Place> {
  for (const _ of eachMatch(matcher, clock, { from })) yield { at: matcher.start(), end: matcher.end() };
}

/** `countof(text, part, [kind])`: plain parts may overlap, matches of a regex do not. */
const countOf: Builder = (args, { clock }) => {
  const [text, part] = [textOf(args[0]!), textOf(args[1]!)];
  const kind = args[2] === undefined ? null : textOf(args[2]);
  const regex = args[2] === undefined ? null : regexOf({ ...args[1]!, constant: false });
  return (frame) => {
    if (kind?.(frame) !== 'regex') return countPlain(text(frame), part(frame));
    const matcher = regex!(frame)?.matcher(text(frame)) ?? null;
    if (matcher === null) return null;
    let count = 0;
    for (const _ of eachMatch(matcher, clock)) count++;
    return count;
  };
};

function countPlain(text: string, part: string): number {
  if (part === '') return 0;
  let count = 0;
  const next = placesIn(text, part);
  for (let at = next(0); at >= 0; at = next(at + 1)) count++;
  return count;
}

function split(text: string, delimiter: string, index: Value | undefined): Value {
  const parts = splitAt(text, delimiter);
  if (index === undefined) return parts;
  const part = typeof index === 'number' ? parts[index] : undefined;
  return part === undefined ? [] : [part];
}

/** trim, trim_start, trim_end take a regex of what to cut. */
const trim = (start: boolean, end: boolean): Builder => (args) => {
  const text = textOf(args[1]!);
  const pattern = args[0]!;
  const anchored = (prefix: string, suffix: string): Compiled => ({ type: 'string', constant: pattern.constant, run: (frame) => `${prefix}(?:${toText(pattern.run(frame), pattern.type)})${suffix}` });
  const [head, tail] = [regexOf(anchored('^', '')), regexOf(anchored('', '$'))];
  return (frame) => {
    let value = text(frame);
    if (start) value = head(frame)?.matcher(value)?.replaceFirst('') ?? value;
    if (end) value = tail(frame)?.matcher(value)?.replaceFirst('') ?? value;
    return value;
  };
};

/** Copies with a delimiter between them, as many as fit whole. */
function repeat(text: string, count: number, delimiter: string): string {
  const wanted = Math.max(0, Math.trunc(count));
  const times = Math.min(wanted, Math.floor(maxText / Math.max(1, text.length + delimiter.length)));
  if (times < wanted) fallShort(`strrep made a text of more than ${maxText.toLocaleString('en')} characters, of which it gives the copies that fit.`);
  return Array.from({ length: times }, () => text).join(delimiter);
}

/** `replace_strings(text, parts, bys)`: pair after pair. */
const replaceStrings = plain(3, 3, ([text = null, parts = null, bys = null], types) => {
  if (!isArray(parts) || !isArray(bys) || parts.length !== bys.length) return null;
  return parts.reduce<string>((result, part, i) => replaced('replace_strings', result, toText(part, 'dynamic'), toText(bys[i]!, 'dynamic')), toText(text, types[0]!));
});

function translate(from: string, to: string, text: string): string {
  const target = [...to];
  const map = new Map([...from].map((letter, i) => [letter, target.length === 0 ? '' : target[Math.min(i, target.length - 1)]!]));
  return [...text].map((letter) => map.get(letter) ?? letter).join('');
}

export const strings: FunctionTable = {
  strlen: define(1, 1, ofText(lengthOf)), string_size: define(1, 1, ofText((text) => encodeUtf8(text).length)),
  tolower: define(1, 1, ofText((text) => text.toLowerCase())), toupper: define(1, 1, ofText((text) => text.toUpperCase())),
  reverse: define(1, 1, ofText((text) => [...text].reverse().join(''))),
  strcat: plain(1, anyCount, (values, types) => joined('strcat', texts(values, types))),
  strcat_delim: plain(2, anyCount, (values, types) => { const [delimiter = '', ...rest] = texts(values, types); return joined('strcat_delim', rest, delimiter); }),
  strcmp: plain(2, 2, (values, types) => { const [a = '', b = ''] = texts(values, types); return a < b ? -1 : a === b ? 0 : 1; }),
  strrep: grows(plain(2, 3, ([text = null, count, delimiter = ''], types) => repeat(toText(text, types[0]!), asNumber(count, 0), toText(delimiter, 'dynamic')))),
  substring: plain(2, 3, ([text = null, start, length], types) => substring(toText(text, types[0]!), Math.trunc(asNumber(start, 0)), Math.trunc(asNumber(length, Infinity)))),
  indexof: indexOf, indexof_regex: grows(define(2, 5, indexOfRegex)), countof: grows(define(2, 3, countOf)),
  split: plain(2, 3, ([text = null, delimiter = null, index], types) => split(toText(text, types[0]!), toText(delimiter, types[1]!), index)),
  replace_string: grows(plain(3, 3, (values, types) => { const [text = '', from = '', to = ''] = texts(values, types); return replaced('replace_string', text, from, to); })),
  replace_strings: grows(replaceStrings),
  translate: plain(3, 3, (values, types) => { const [from = '', to = '', text = ''] = texts(values, types); return translate(from, to, text); }),
  trim: define(2, 2, trim(true, true)), trim_start: define(2, 2, trim(true, false)), trim_end: define(2, 2, trim(false, true)),
  isutf8: define(1, 1, ofText((text) => text.isWellFormed())), isascii: define(1, 1, ofText((text) => pureAscii.test(text))),
  regex_quote: define(1, 1, ofText((text) => text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&'))),
};

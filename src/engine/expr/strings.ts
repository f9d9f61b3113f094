// String functions. Positions and lengths count code points, as KQL's do; null is the empty string.
import type { Value } from '../../otlp/index.ts';
import { isNumeric, toText } from '../values/index.ts';
import type { Compiled } from './frame.ts';
import { anyCount, define, plain, type Builder, type FunctionTable } from './registry.ts';
import { regexOf } from './regex.ts';
import { textOf } from './string-ops.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { decodeUtf8, encodeUtf8 } from '../../base/index.ts';

/** Text that a rule may build out of one record; what is longer is cut. */
const maxText = 1_000_000;

const ofText = (apply: (text: string) => Value): Builder => ([arg]) => { const text = textOf(arg!); return (frame) => apply(text(frame)); };

const pureAscii = /^[\0-\x7f]*$/;
const lengthOf = (text: string): number => (pureAscii.test(text) ? text.length : [...text].length);

/** `substring(text, start, length)`: a negative start counts from the end. */
function substring(text: string, start: number, length: number): string {
  if (pureAscii.test(text)) { const from = start < 0 ? Math.max(0, text.length + start) : start; return text.slice(from, from + Math.max(0, length)); }
  const points = [...text];
  const from = start < 0 ? Math.max(0, points.length + start) : start;
  return points.slice(from, from + Math.max(0, length)).join('');
}

const asNumber = (value: Value | undefined, otherwise: number): number => (value !== undefined && isNumeric(value) ? Number(value) : otherwise);
const texts = (values: readonly Value[], types: readonly Parameters<typeof toText>[1][]): readonly string[] => values.map((value, i) => toText(value, types[i]!));

/** `indexof(text, wanted, [start], [length], [occurrence])`, -1 when absent. */
function indexOf(text: string, wanted: string, start: number, length: number, occurrence: number): number {
  const from = start < 0 ? Math.max(0, text.length + start) : start;
  const end = length < 0 ? text.length : Math.min(text.length, from + length);
  let at = from - 1;
  for (let found = 0; found < Math.max(1, occurrence); found++) {
    at = text.indexOf(wanted, at + 1);
    if (at < 0 || at + wanted.length > end) return -1;
  }
  return lengthOf(text.slice(0, at));
}

function split(text: string, delimiter: string, index: Value | undefined): Value {
  const parts = delimiter === '' ? [text] : text.split(delimiter);
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
    if (start) value = head(frame)?.matcher(value).replaceFirst('') ?? value;
    if (end) value = tail(frame)?.matcher(value).replaceFirst('') ?? value;
    return value;
  };
};

const repeat = (text: string, count: number): string => text.repeat(Math.min(Math.max(0, Math.trunc(count)), Math.floor(maxText / Math.max(1, text.length))));

function unescapeUrl(text: string): string {
  try { return decodeURIComponent(text.replaceAll('+', ' ')); } catch { return text; }
}

function translate(from: string, to: string, text: string): string {
  const target = [...to];
  const map = new Map([...from].map((letter, i) => [letter, target.length === 0 ? '' : target[Math.min(i, target.length - 1)]!]));
  return [...text].map((letter) => map.get(letter) ?? letter).join('');
}

export const strings: FunctionTable = {
  strlen: define(1, 1, ofText(lengthOf)), string_size: define(1, 1, ofText((text) => encodeUtf8(text).length)),
  tolower: define(1, 1, ofText((text) => text.toLowerCase())), toupper: define(1, 1, ofText((text) => text.toUpperCase())),
  reverse: define(1, 1, ofText((text) => [...text].reverse().join(''))),
  strcat: plain(1, anyCount, (values, types) => texts(values, types).join('').slice(0, maxText)),
  strcat_delim: plain(2, anyCount, (values, types) => { const [delimiter = '', ...rest] = texts(values, types); return rest.join(delimiter).slice(0, maxText); }),
  strcmp: plain(2, 2, (values, types) => { const [a = '', b = ''] = texts(values, types); return a < b ? -1 : a === b ? 0 : 1; }),
  strrep: plain(2, 3, ([text = null, count, delimiter = ''], types) => repeat(toText(text, types[0]!) + toText(delimiter, 'dynamic'), asNumber(count, 0)).slice(0, delimiter === '' ? undefined : -toText(delimiter, 'dynamic').length)),
  substring: plain(2, 3, ([text = null, start, length], types) => substring(toText(text, types[0]!), asNumber(start, 0), asNumber(length, maxText))),
  indexof: plain(2, 5, ([text = null, wanted = null, start, length, occurrence], types) => indexOf(toText(text, types[0]!), toText(wanted, types[1]!), asNumber(start, 0), asNumber(length, -1), asNumber(occurrence, 1))),
  countof: plain(2, 2, (values, types) => { const [text = '', wanted = ''] = texts(values, types); return wanted === '' ? 0 : text.split(wanted).length - 1; }),
  split: plain(2, 3, ([text = null, delimiter = null, index], types) => split(toText(text, types[0]!), toText(delimiter, types[1]!), index)),
  replace_string: plain(3, 3, (values, types) => { const [text = '', from = '', to = ''] = texts(values, types); return from === '' ? text : text.split(from).join(to).slice(0, maxText); }),
  translate: plain(3, 3, (values, types) => { const [from = '', to = '', text = ''] = texts(values, types); return translate(from, to, text); }),
  trim: define(2, 2, trim(true, true)), trim_start: define(2, 2, trim(true, false)), trim_end: define(2, 2, trim(false, true)),
  url_encode: define(1, 1, ofText((text) => encodeURIComponent(text.toWellFormed()))), url_encode_component: define(1, 1, ofText((text) => encodeURIComponent(text.toWellFormed()))), url_decode: define(1, 1, ofText(unescapeUrl)),
  base64_encode_tostring: define(1, 1, ofText((text) => encodeBase64(encodeUtf8(text)))),
  base64_decode_tostring: define(1, 1, ofText((text) => { const bytes = decodeBase64(text); return bytes === null ? null : decodeUtf8(bytes); })),
  isutf8: define(1, 1, ofText((text) => text.isWellFormed())), isascii: define(1, 1, ofText((text) => pureAscii.test(text))),
};

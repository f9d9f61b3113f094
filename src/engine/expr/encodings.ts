// Text in other forms: base64, URL escapes, code points, CSV, sizes in bytes.
import { decodeUtf8, encodeUtf8, fallShort } from '../../base/index.ts';
import type { Value } from '../../otlp/index.ts';
import { isArray, isNumeric, maxText, toText } from '../values/index.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { anyCount, define, plain, unary, type Definition, type FunctionTable } from './registry.ts';
import { asNumber, ofText } from './strings.ts';

/** As application/x-www-form-urlencoded writes it, in lower-case hex, which is KQL's way. */
const escapeUrl = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replace(/['~]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());

function unescapeUrl(text: string): string {
  try { return decodeURIComponent(text.replaceAll('+', ' ')); } catch { return text; }
}

const codePoints = (text: string): Value => Array.from(text, (letter) => letter.codePointAt(0)!);

/** Numbers and arrays of numbers as text; what is no code point gives null. */
const fromCodePoints: Definition = plain(1, anyCount, (values, _, { fn }) => {
  const points = values.flatMap((value) => (isArray(value) ? [...value] : [value]));
  if (!points.every((point): point is number => typeof point === 'number' && Number.isInteger(point) && point >= 0 && point <= 0x10ffff)) return null;
  if (points.length > maxText) fallShort(`${fn} made a text of more than ${maxText.toLocaleString('en')} characters, which was cut there.`);
  return points.slice(0, maxText).map((point) => String.fromCodePoint(point)).join('');
});

const isByte = (value: Value): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 255;

/** Fields of the first CSV record (RFC 4180): a quote inside a quoted field is doubled. */
function parseCsv(text: string): readonly string[] {
  const fields: string[] = [];
  for (let at = 0; ;) {
    const quoted = text[at] === '"' ? /"([^"]*(?:""[^"]*)*)"?/y : /[^,\r\n]*/y;
    quoted.lastIndex = at;
    const match = quoted.exec(text)!;
    fields.push(match[1] === undefined ? match[0] : match[1].replaceAll('""', '"'));
    at += match[0].length;
    if (text[at] !== ',') return fields;
    at++;
  }
}

const byteUnits = ['Bytes', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB'];

/** `format_bytes(size, [precision], [unit])` in steps of 1024. */
const formatBytes = plain(1, 3, ([size = null, precision, unit = '']) => {
  if (!isNumeric(size) || !Number.isFinite(Number(size))) return '';
  const digits = Math.min(20, Math.max(0, Math.trunc(asNumber(precision, 0))));
  const wanted = byteUnits.findIndex((name) => name.toLowerCase() === toText(unit, 'string').toLowerCase());
  const step = wanted >= 0 ? wanted : Math.max(0, Math.min(byteUnits.length - 1, Math.floor(Math.log2(Math.max(1, Math.abs(Number(size)))) / 10)));
  return `${Number((Number(size) / 1024 ** step).toFixed(digits))} ${byteUnits[step]}`;
});

export const encodings: FunctionTable = {
  url_encode: define(1, 1, ofText((text) => escapeUrl(text).replaceAll('%20', '+'))), url_encode_component: define(1, 1, ofText(escapeUrl)), url_decode: define(1, 1, ofText(unescapeUrl)),
  base64_encode_tostring: define(1, 1, ofText((text) => encodeBase64(encodeUtf8(text)))),
  base64_decode_tostring: define(1, 1, ofText((text) => { const bytes = decodeBase64(text); return bytes === null ? null : decodeUtf8(bytes); })),
  base64_decode_toarray: define(1, 1, ofText((text) => { const bytes = decodeBase64(text); return bytes === null ? null : [...bytes]; })),
  base64_encode_fromarray: unary((value) => (isArray(value) && value.every(isByte) ? encodeBase64(Uint8Array.from(value)) : null)),
  to_utf8: define(1, 1, ofText(codePoints)), unicode_codepoints_from_string: define(1, 1, ofText(codePoints)),
  make_string: fromCodePoints, unicode_codepoints_to_string: fromCodePoints,
  parse_csv: define(1, 1, ofText(parseCsv)), format_bytes: formatBytes,
};

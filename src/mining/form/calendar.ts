// Words that belong to a date or a measure: names of days and months, time zones, units that stand behind a number.
import { isAlnum } from './byte-class.ts';

const codeOf = (text: string): number => { let code = 0; for (let i = 0; i < text.length; i++) code = code << 8 | text.charCodeAt(i); return code; };
const codes = (texts: string): ReadonlySet<number> => new Set(texts.split(' ').map(codeOf));

const days = codes('Mon Tue Wed Thu Fri Sat Sun mon tue wed thu fri sat sun');
const months = codes('Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec jan feb mar apr may jun jul aug sep oct nov dec');
const zones = codes('UTC GMT EST EDT CST CDT MST MDT PST PDT CET BST IST JST AM PM am pm CEST EEST');
const units = codes('B kB KB MB GB TB KiB MiB GiB TiB ms us ns s sec secs min mins hrs Hz kHz MHz GHz Mbps Gbps kbps');

/** At most four bytes in one number. */
function codeAt(bytes: Uint8Array, from: number, to: number): number {
  let code = 0;
  for (let i = from; i < to; i++) code = code << 8 | bytes[i]!;
  return code;
}

export const isUnit = (bytes: Uint8Array, from: number, to: number): boolean => to - from <= 4 && units.has(codeAt(bytes, from, to));
export const zoneEnd = (bytes: Uint8Array, from: number, to: number): boolean => to - from <= 4 && zones.has(codeAt(bytes, from, to));

/** Whether the word of three letters at bytes[from, from + 3) is part of a date: a day or month before a number or a month. */
export function isDateWord(bytes: Uint8Array, from: number, end: number): boolean {
  const code = codeAt(bytes, from, from + 3);
  const isDay = days.has(code);
  if (!isDay && !months.has(code)) return false;
  let i = from + 3;
  if (bytes[i] === 0x2c) i++;
  while (i < end && bytes[i] === 0x20) i++;
  if (i >= end || i === from + 3) return false;
  if (bytes[i]! >= 0x30 && bytes[i]! <= 0x39) return true;
  return isDay && i + 3 <= end && months.has(codeAt(bytes, i, i + 3)) && !isAlnum(bytes[i + 3]);
}

// KQL literals and names as text, both ways. Times are nanoseconds (bigint); KQL's own ticks are 100 ns, so everything KQL can say fits.

import { reservedWords } from './reserved-words.ts';
import { scaled } from './datetime.ts';

export { parseDatetime } from './datetime.ts';

const plainName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** A column or attribute name as KQL wants it: bare when that is safe, else `['…']`. */
export function kqlName(name: string): string {
  return plainName.test(name) && !reservedWords.has(name) ? name : `[${kqlString(name, "'")}]`;
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A quoted string literal. Whatever is not printable ASCII-safe for the lexer is escaped; the text reads back as exactly `text`. */
export function kqlString(text: string, quote: '"' | "'" = '"'): string {
  let out = quote;
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    const code = text.charCodeAt(i);
    if (char === quote) out += `\\${quote}`;
    else if (escapes[char] !== undefined) out += escapes[char];
    else if (code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0x2028 || code === 0x2029 || code === 0xfeff || isLoneSurrogate(text, i)) out += `\\u${code.toString(16).padStart(4, '0')}`;
    else out += char;
  }
  return out + quote;
}

function isLoneSurrogate(text: string, i: number): boolean {
  const code = text.charCodeAt(i);
  if (code >= 0xd800 && code <= 0xdbff) { const next = text.charCodeAt(i + 1); return !(next >= 0xdc00 && next <= 0xdfff); }
  if (code >= 0xdc00 && code <= 0xdfff) { const before = text.charCodeAt(i - 1); return !(before >= 0xd800 && before <= 0xdbff); }
  return false;
}

const second = 1_000_000_000n;
const unitNanos: Readonly<Record<string, bigint>> = {
  d: 86_400n * second, day: 86_400n * second, days: 86_400n * second,
  h: 3600n * second, hr: 3600n * second, hrs: 3600n * second, hour: 3600n * second, hours: 3600n * second,
  m: 60n * second, min: 60n * second, minute: 60n * second, minutes: 60n * second,
  s: second, sec: second, second, seconds: second,
  ms: 1_000_000n, milli: 1_000_000n, millis: 1_000_000n, millisec: 1_000_000n, millisecond: 1_000_000n, milliseconds: 1_000_000n,
  micro: 1000n, micros: 1000n, microsec: 1000n, microsecond: 1000n, microseconds: 1000n,
  nano: 1n, nanos: 1n, nanosec: 1n, nanosecond: 1n, nanoseconds: 1n, tick: 100n, ticks: 100n,
};
const printedUnits: readonly (readonly [string, bigint])[] = [
  ['d', 86_400n * second], ['h', 3600n * second], ['m', 60n * second], ['s', second], ['ms', 1_000_000n], ['microsecond', 1000n], ['tick', 100n],
];

/** The inside of a timespan literal: `10s`, `1.5h`, `1.02:03:04.5`, `-00:00:01`, a bare number (days). Null when it is none. */
export function parseTimespan(text: string): bigint | null {
  const trimmed = text.trim().toLowerCase();
  const withUnit = /^([+-]?)(\d+)(?:\.(\d*))?\s*([a-z]*)$/.exec(trimmed);
  if (withUnit !== null) {
    const unit = unitNanos[withUnit[4] === '' ? 'd' : withUnit[4]!];
    return unit === undefined ? null : signed(withUnit[1]!, scaled(withUnit[2]!, withUnit[3] ?? '', unit));
  }
  const clock = /^([+-]?)(?:(\d+)\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d+))?)?$/.exec(trimmed);
  if (clock === null) return null;
  const [, sign = '', days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] = clock;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  const whole = BigInt(days) * 86_400n + BigInt(hours) * 3600n + BigInt(minutes) * 60n;
  return signed(sign, whole * second + scaled(seconds, fraction, second));
}

const signed = (sign: string, value: bigint): bigint => (sign === '-' ? -value : value);


/** The shortest exact literal. */
export function printTimespan(nanos: bigint): string {
  if (nanos === 0n) return '0s';
  const unit = printedUnits.find(([, size]) => nanos % size === 0n);
  return unit === undefined ? `${nanos}nanosecond` : `${nanos / unit[1]}${unit[0]}`;
}

/** `datetime(2026-01-02T03:04:05.123456789Z)`; the fraction as long as it must be. */
export function printDatetime(unixNanos: bigint): string {
  const nanos = ((unixNanos % second) + second) % second;
  const date = new Date(Number((unixNanos - nanos) / 1_000_000n)).toISOString().slice(0, 19);
  const fraction = nanos === 0n ? '' : `.${nanos.toString().padStart(9, '0').replace(/0+$/, '')}`;
  return `datetime(${date}${fraction}Z)`;
}

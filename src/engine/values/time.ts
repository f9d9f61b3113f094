// datetime and timespan: bigint nanoseconds (since the Unix epoch; of a span). KQL itself counts in ticks of 100 ns, so
// text shows seven decimals; arithmetic and comparison keep the nanoseconds. All calendars are UTC.
import { floorTo } from './numbers.ts';

export const nanosPerSecond = 1_000_000_000n;
export const nanosPerMinute = 60n * nanosPerSecond;
export const nanosPerHour = 60n * nanosPerMinute;
export const nanosPerDay = 24n * nanosPerHour;
const nanosPerMs = 1_000_000n;

/** The platform's calendar at the millisecond that holds `unixNano`. */
export const calendar = (unixNano: bigint): Date => new Date(Number(floorTo(unixNano, nanosPerMs) / nanosPerMs));
export const fromMs = (ms: number): bigint => BigInt(Math.trunc(ms)) * nanosPerMs;
/** Nanoseconds within the second, 0 to 999,999,999. */
export const nanosOfSecond = (unixNano: bigint): number => Number(unixNano - floorTo(unixNano, nanosPerSecond));

/** KQL counts time from 0001-01-01, which shows in bins of sizes that do not divide a day, and in ticks. */
const yearOne = -62_135_596_800n * nanosPerSecond;

/** The start of the bin that holds a moment; bins are counted from year 1, as KQL's `bin` does. `size` above 0. */
export const binDatetime = (unixNano: bigint, size: bigint): bigint => floorTo(unixNano - yearOne, size) + yearOne;
const firstMoment = yearOne;
/** 9999-12-31T23:59:59.999999999Z. */
const lastMoment = 253_402_300_800n * nanosPerSecond - 1n;
/** A span is a 64-bit number of ticks. */
const longestSpan = (2n ** 63n - 1n) * 100n + 99n;

/** A moment from year 1 to year 9999; null beyond, as KQL has no other. */
export const asDatetime = (unixNano: bigint): bigint | null => (unixNano >= firstMoment && unixNano <= lastMoment ? unixNano : null);
/** A span of at most some 29,000 years; null beyond. */
export const asTimespan = (nanos: bigint): bigint | null => (nanos <= longestSpan && nanos >= -longestSpan - 1n ? nanos : null);

/** Ticks of 100 ns since year 1, what `tolong(datetime)` gives. */
export const ticksOf = (unixNano: bigint): bigint => floorTo(unixNano - yearOne, 100n) / 100n;
export const fromTicks = (ticks: bigint): bigint | null => asDatetime(ticks * 100n + yearOne);

const pad = (value: number | bigint, digits: number): string => value.toString().padStart(digits, '0');

/** `2026-01-02T03:04:05.0000000Z`, as KQL writes a datetime. Beyond the platform's calendar: the bare number. */
export function formatDatetime(unixNano: bigint): string {
  const date = calendar(unixNano);
  if (Number.isNaN(date.getTime())) return unixNano.toString();
  return `${date.toISOString().slice(0, -5)}.${pad(Math.floor(nanosOfSecond(unixNano) / 100), 7)}Z`;
}

/** `[-][d.]hh:mm:ss[.fffffff]`, as KQL writes a timespan. */
export function formatTimespan(nanos: bigint): string {
  const size = nanos < 0n ? -nanos : nanos;
  const days = size / nanosPerDay;
  const ticks = (size % nanosPerSecond) / 100n;
  return `${nanos < 0n ? '-' : ''}${days > 0n ? `${days}.` : ''}${pad((size / nanosPerHour) % 24n, 2)}:${pad((size / nanosPerMinute) % 60n, 2)}:${pad((size / nanosPerSecond) % 60n, 2)}${ticks > 0n ? `.${pad(ticks, 7)}` : ''}`;
}

const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9})\d*)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(.*)$/;
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const mail = /^(?:[a-z]{3},?\s+)?(\d{1,2})\s+([a-z]{3})[a-z]*\s+(\d{4})(?:\s+(\d{1,2}:\d{2}(?::\d{2})?))?(?:\s*(?:gmt|utc|z))?$/i;

/** Month/day/year and RFC 822 dates as ISO 8601; other text unchanged. */
function asIso(text: string): string {
  const slashed = american.exec(text);
  if (slashed !== null) return `${slashed[3]}-${slashed[1]}-${slashed[2]}${slashed[4]}`;
  const letter = mail.exec(text);
  const month = letter === null ? -1 : months.indexOf(letter[2]!.toLowerCase());
  return month < 0 ? text : `${letter![3]}-${month + 1}-${letter![1]}${letter![4] === undefined ? '' : `T${letter![4]}`}`;
}

const msPer400Years = 146_097 * 86_400_000;

/** Date.UTC takes years 0 to 99 for those of the last century; the calendar repeats every 400 years. `month` counts from 0. */
export const utcMs = (year: number, month: number, day: number, hour = 0, minute = 0, second = 0): number => Date.UTC(year + 400, month, day, hour, minute, second) - msPer400Years;

/** ISO 8601, month/day/year and RFC 822 forms, UTC when no zone is given; null when it is none. */
export function parseDatetime(text: string): bigint | null {
  const match = iso.exec(asIso(text.trim()));
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0)) as [number, number, number, number, number, number];
  if (year < 1 || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return null;
  if (new Date(utcMs(year, month - 1, day)).getUTCDate() !== day) return null;
  return asDatetime(fromMs(utcMs(year, month - 1, day, hour, minute, second)) + BigInt((match[7] ?? '').padEnd(9, '0')) - zoneNanos(match[8]));
}

function zoneNanos(zone: string | undefined): bigint {
  if (zone === undefined || /^z$/i.test(zone)) return 0n;
  const size = BigInt(zone.slice(1, 3)) * nanosPerHour + BigInt(zone.slice(-2)) * nanosPerMinute;
  return zone.startsWith('-') ? -size : size;
}

const clockForm = /^(-)?(?:(\d+)\.)?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9})\d*)?)?$/;
const unitForm = /^(-?)(\d+(?:\.\d+)?)\s*(d|h|m|s|ms|us|microseconds?|ticks?|ns|days?|hours?|minutes?|seconds?|milliseconds?)$/i;
const units: Readonly<Record<string, bigint>> = {
  d: nanosPerDay, day: nanosPerDay, h: nanosPerHour, hour: nanosPerHour, m: nanosPerMinute, minute: nanosPerMinute,
  s: nanosPerSecond, second: nanosPerSecond, ms: nanosPerMs, millisecond: nanosPerMs, us: 1000n, microsecond: 1000n, tick: 100n, ns: 1n,
};

/** The longest span has eight; a bigint of very many digits costs more than they are long. */
const maxDayDigits = 20;

/** `1.02:03:04.5`, `02:03`, `90s`, `1.5h`; a bare number is days, as in KQL. Null when it is none. */
export function parseTimespan(text: string): bigint | null {
  const trimmed = text.trim();
  const clock = clockForm.exec(trimmed);
  if (clock !== null) {
    const [, sign, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] = clock;
    if (days.length > maxDayDigits || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
    const size = BigInt(days) * nanosPerDay + BigInt(hours) * nanosPerHour + BigInt(minutes) * nanosPerMinute + BigInt(seconds) * nanosPerSecond + BigInt(fraction.padEnd(9, '0'));
    return asTimespan(sign === undefined ? size : -size);
  }
  if (/^-?\d{1,7}$/.test(trimmed)) return BigInt(trimmed) * nanosPerDay;
  const unit = unitForm.exec(trimmed);
  if (unit === null) return null;
  const name = unit[3]!.toLowerCase();
  const size = scale(units[name] ?? units[name.replace(/s$/, '')] ?? 0n, Number(unit[2]));
  return size === null || unit[1] !== '-' ? size : -size;
}

/** nanos * factor; exact when the factor is whole, else rounded to the nanosecond. Null when that is no span. */
export function scale(nanos: bigint, factor: number): bigint | null {
  if (!Number.isFinite(factor)) return null;
  return asTimespan(Number.isInteger(factor) ? nanos * BigInt(factor) : BigInt(Math.round(Number(nanos) * factor)));
}

// now, ago, parts of dates, starts and ends of periods, formatting. UTC only; weeks start on Sunday.
import type { Value } from '../../otlp/index.ts';
import { asDatetime, asLong, asTimespan, calendar, floorTo, fromMs, isNumeric, nanosOfSecond, nanosPerDay, nanosPerHour, nanosPerMinute, nanosPerSecond, toText, utcMs } from '../values/index.ts';
import { formatPattern } from './date-format.ts';
import { define, plain, unary, type Definition, type FunctionTable } from './registry.ts';

const onDate = (apply: (date: Date, unixNano: bigint) => Value): Definition => unary((value) => {
  if (typeof value !== 'bigint') return null;
  const date = calendar(value);
  return Number.isNaN(date.getTime()) ? null : apply(date, value);
});

type Period = 'year' | 'month' | 'week' | 'day';

const dayStart = (unixNano: bigint): bigint => floorTo(unixNano, nanosPerDay);

/** The first instant of the period that lies `offset` periods after the one holding `unixNano`. */
function startOf(period: Period, unixNano: bigint, offset: number): bigint {
  const date = calendar(unixNano);
  switch (period) {
    case 'year': return fromMs(utcMs(date.getUTCFullYear() + offset, 0, 1));
    case 'month': return fromMs(utcMs(date.getUTCFullYear(), date.getUTCMonth() + offset, 1));
    case 'week': return dayStart(unixNano) + BigInt(7 * offset - date.getUTCDay()) * nanosPerDay;
    default: return dayStart(unixNano) + BigInt(offset) * nanosPerDay;
  }
}

const inCalendar = (value: Value | undefined): value is bigint => typeof value === 'bigint' && asDatetime(value) !== null;
/** So many periods that the platform's calendar can still count them. */
const isOffset = (value: Value | undefined): value is number => typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 100_000;

const periodStart = (period: Period): Definition => plain(1, 2, ([value, offset = 0]) => (inCalendar(value) && isOffset(offset) ? asDatetime(startOf(period, value, offset)) : null));
/** The last tick (100 ns) of the period. */
const periodEnd = (period: Period): Definition => plain(1, 2, ([value, offset = 0]) => (inCalendar(value) && isOffset(offset) ? asDatetime(startOf(period, value, offset + 1) - 100n) : null));

const dayOfYear = (date: Date): number => Math.floor((Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()) - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000) + 1;

/** ISO 8601 week number. */
function isoWeek(date: Date): number {
  const thursday = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + 4 - (date.getUTCDay() || 7)));
  return Math.floor((dayOfYear(thursday) - 1) / 7) + 1;
}

const fixedUnits: Readonly<Record<string, bigint>> = { day: nanosPerDay, hour: nanosPerHour, minute: nanosPerMinute, second: nanosPerSecond, millisecond: 1_000_000n, microsecond: 1000n, nanosecond: 1n, week: 7n * nanosPerDay };
const monthUnits: Readonly<Record<string, number>> = { year: 12, quarter: 3, month: 1 };
const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined => (Object.hasOwn(table, name) ? table[name] : undefined);
const unitName = (value: Value | undefined): string => (typeof value === 'string' ? value.toLowerCase() : '');

function addUnits(unit: string, amount: number, unixNano: bigint): Value {
  const fixed = own(fixedUnits, unit);
  if (fixed !== undefined) return asDatetime(unixNano + BigInt(amount) * fixed);
  const months = own(monthUnits, unit);
  if (months === undefined || !isOffset(amount)) return null;
  const date = calendar(unixNano);
  const last = new Date(utcMs(date.getUTCFullYear(), date.getUTCMonth() + amount * months + 1, 0));
  const day = Math.min(date.getUTCDate(), last.getUTCDate());
  return Number.isNaN(last.getTime()) ? null : asDatetime(fromMs(utcMs(last.getUTCFullYear(), last.getUTCMonth(), day)) + (unixNano - dayStart(unixNano)));
}

/** A count as a long; null when it is none. */
const wholeNumber = (count: bigint): Value => (BigInt.asIntN(64, count) === count ? asLong(count) : null);

/** Period boundaries crossed from `from` to `to`, as KQL's datetime_diff counts them. */
function difference(unit: string, to: bigint, from: bigint): Value {
  const fixed = own(fixedUnits, unit);
  if (fixed !== undefined && unit !== 'week') return wholeNumber((floorTo(to, fixed) - floorTo(from, fixed)) / fixed);
  if (unit === 'week') return Number((startOf('week', to, 0) - startOf('week', from, 0)) / fixedUnits['week']!);
  const size = own(monthUnits, unit);
  if (size === undefined) return null;
  const months = (date: Date): number => date.getUTCFullYear() * 12 + date.getUTCMonth();
  return Math.floor(months(calendar(to)) / size) - Math.floor(months(calendar(from)) / size);
}

const parts: Readonly<Record<string, (date: Date, unixNano: bigint) => number>> = {
  year: (date) => date.getUTCFullYear(), quarter: (date) => Math.floor(date.getUTCMonth() / 3) + 1, month: (date) => date.getUTCMonth() + 1,
  week_of_year: isoWeek, weekofyear: isoWeek, day: (date) => date.getUTCDate(), dayofyear: dayOfYear, hour: (date) => date.getUTCHours(), minute: (date) => date.getUTCMinutes(),
  second: (date) => date.getUTCSeconds(), millisecond: (date) => date.getUTCMilliseconds(),
  microsecond: (_, unixNano) => Math.floor(nanosOfSecond(unixNano) / 1000), nanosecond: (_, unixNano) => nanosOfSecond(unixNano),
};

const fromUnix = (nanosPerUnit: number): Definition => unary((value) => {
  if (typeof value === 'bigint') return asDatetime(value * BigInt(nanosPerUnit));
  if (typeof value !== 'number' || !Number.isFinite(value)) return null;
  // The part behind the point apart: a double does not hold today's nanoseconds.
  const whole = Math.floor(value);
  return asDatetime(BigInt(whole) * BigInt(nanosPerUnit) + BigInt(Math.round((value - whole) * nanosPerUnit)));
});

/** Null when a part is out of its range: there is no 31st of April. */
const makeDatetime = plain(1, 7, (values) => {
  if (values.some((value) => !isNumeric(value))) return null;
  const [year, month = 1, day = 1, hour = 0, minute = 0, second = 0] = values.map(Number) as [number, ...number[]];
  const ms = utcMs(year, month - 1, day, hour, minute);
  const date = new Date(ms);
  const asGiven = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCHours() === hour && date.getUTCMinutes() === minute;
  return !asGiven || !(second >= 0 && second < 60) ? null : asDatetime(fromMs(ms) + BigInt(Math.round(second * 1e9)));
});

export const dates: FunctionTable = {
  // The clock is asked once while compiling: where there is none, the query must fail then and not at the first record.
  now: define(0, 1, ([offset], { clock }) => { const run = offset === undefined ? () => 0n : offset.run; clock.nowUnixNano(); return (frame) => { const shift = run(frame); return typeof shift === 'bigint' ? asDatetime(clock.nowUnixNano() + shift) : null; }; }, false),
  ago: define(1, 1, ([span], { clock }) => { const run = span!.run; clock.nowUnixNano(); return (frame) => { const value = run(frame); return typeof value === 'bigint' ? asDatetime(clock.nowUnixNano() - value) : null; }; }, false),
  startofday: periodStart('day'), startofweek: periodStart('week'), startofmonth: periodStart('month'), startofyear: periodStart('year'),
  endofday: periodEnd('day'), endofweek: periodEnd('week'), endofmonth: periodEnd('month'), endofyear: periodEnd('year'),
  dayofmonth: onDate((date) => date.getUTCDate()), dayofyear: onDate(dayOfYear), dayofweek: onDate((date) => BigInt(date.getUTCDay()) * nanosPerDay),
  getyear: onDate((date) => date.getUTCFullYear()), getmonth: onDate((date) => date.getUTCMonth() + 1), monthofyear: onDate((date) => date.getUTCMonth() + 1),
  hourofday: onDate((date) => date.getUTCHours()), week_of_year: onDate(isoWeek), weekofyear: onDate(isoWeek),
  datetime_part: plain(2, 2, ([unit, value]) => { const part = own(parts, unitName(unit)); return part !== undefined && inCalendar(value) ? part(calendar(value), value) : null; }),
  datetime_add: plain(3, 3, ([unit, amount, value]) => (inCalendar(value) && typeof amount === 'number' && Number.isSafeInteger(amount) ? addUnits(unitName(unit), amount, value) : null)),
  datetime_diff: plain(3, 3, ([unit, to, from]) => (inCalendar(to) && inCalendar(from) ? difference(unitName(unit), to, from) : null)),
  make_datetime: makeDatetime,
  make_timespan: plain(2, 4, (values) => {
    if (values.some((value) => !isNumeric(value) || !Number.isFinite(Number(value)))) return null;
    const [seconds = 0, minutes = 0, hours = 0, days = 0] = (values.length === 2 ? [0, values[1]!, values[0]!] : [...values].reverse()).map(Number);
    return asTimespan(BigInt(Math.trunc(days)) * nanosPerDay + BigInt(Math.trunc(hours)) * nanosPerHour + BigInt(Math.trunc(minutes)) * nanosPerMinute + BigInt(Math.round(seconds * 1e9)));
  }),
  unixtime_seconds_todatetime: fromUnix(1e9), unixtime_milliseconds_todatetime: fromUnix(1e6), unixtime_microseconds_todatetime: fromUnix(1000), unixtime_nanoseconds_todatetime: fromUnix(1),
  format_datetime: plain(2, 2, ([value, format = null]) => (inCalendar(value) ? formatPattern(value, toText(format, 'string'), false) : '')),
  format_timespan: plain(2, 2, ([value, format = null]) => (typeof value === 'bigint' ? formatPattern(value, toText(format, 'string'), true) : '')),
};

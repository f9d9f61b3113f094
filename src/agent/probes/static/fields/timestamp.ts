// Times as logs write them, to nanoseconds since the epoch. Formats: RFC 3339 with what people make of it (a space for the T, a comma before
// the fraction, no offset: then it is local time), RFC 3164's `Mmm dd hh:mm:ss` without a year, and numbers of seconds, milli-, micro- and nanoseconds.

export interface TimeRead { readonly unixNano: bigint; /** Index after it. */ readonly end: number }

const isoForm = /(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9})\d{0,9})?)?(Z|z| ?[+-]\d\d:?\d\d)?/y;

/** A date and time that begins at `at`; null when none does. */
export function isoTimeAt(text: string, at = 0): TimeRead | null {
  isoForm.lastIndex = at;
  const found = isoForm.exec(text);
  if (found === null) return null;
  const [all, year, month, day, hour, minute, second = '0', fraction = '', zone] = found;
  const numbers = [Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second)] as const;
  if (!isTime(numbers)) return null;
  return { unixNano: nanos(epochMs(numbers, zone), fraction), end: at + all.length };
}

type Numbers = readonly [year: number, month: number, day: number, hour: number, minute: number, second: number];
/** A leap second counts as the second after. */
const isTime = ([, month, day, hour, minute, second]: Numbers): boolean => month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour <= 23 && minute <= 59 && second <= 60;

function epochMs([year, month, day, hour, minute, second]: Numbers, zone: string | undefined): number {
  if (zone === undefined) return new Date(year, month - 1, day, hour, minute, second).getTime();
  const utc = Date.UTC(year, month - 1, day, hour, minute, second);
  if (zone === 'Z' || zone === 'z') return utc;
  const offset = zone.trimStart();
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2));
  return utc - (offset[0] === '-' ? -minutes : minutes) * 60_000;
}

const nanos = (ms: number, fraction: string): bigint => BigInt(ms) * 1_000_000n + (fraction === '' ? 0n : BigInt(fraction.padEnd(9, '0')));

const months: Readonly<Record<string, number>> = { jan: 0, feb: 1, mar: 2, apr: 3, may: 4, jun: 5, jul: 6, aug: 7, sep: 8, oct: 9, nov: 10, dec: 11 };
const bsdForm = /[*.]?(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\s{1,2}(\d{1,2})(?: (\d{4}))? (\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?/iy;
const dayMs = 86_400_000;

/** `Oct 11 22:14:15`, also with a year before the clock or a fraction after it. Without a year it is the one that puts it nearest to now, in local time. */
export function bsdTimeAt(text: string, at: number, nowUnixMs: number): TimeRead | null {
  bsdForm.lastIndex = at;
  const found = bsdForm.exec(text);
  if (found === null) return null;
  const [all, month = '', day, year, hour, minute, second, fraction = ''] = found;
  const rest = [months[month.toLowerCase()]! + 1, Number(day), Number(hour), Number(minute), Number(second)] as const;
  if (!isTime([2000, ...rest])) return null;
  const ms = year === undefined ? nearest(rest, nowUnixMs) : epochMs([Number(year), ...rest], undefined);
  return { unixNano: nanos(ms, fraction), end: at + all.length };
}

type WithoutYear = readonly [month: number, day: number, hour: number, minute: number, second: number];
function nearest(rest: WithoutYear, nowUnixMs: number): number {
  const year = new Date(nowUnixMs).getFullYear();
  const here = epochMs([year, ...rest], undefined);
  if (Math.abs(here - nowUnixMs) <= 182 * dayMs) return here;
  return epochMs([here > nowUnixMs ? year - 1 : year + 1, ...rest], undefined);
}

/** A number by its size, to the microsecond (a double has no more): seconds from 1973 to 5138, else milli-, micro- or nanoseconds. Null for what is no time of this age. */
export function numberTime(value: number): bigint | null {
  if (!(value >= 1e8 && value < 1e20)) return null;
  const perUnit = value < 1e11 ? 1e9 : value < 1e14 ? 1e6 : value < 1e17 ? 1e3 : 1;
  const whole = Math.floor(value);
  return BigInt(whole) * BigInt(perUnit) + BigInt(Math.round((value - whole) * perUnit / 1e3)) * 1000n;
}

/** A time as a field has it: text or number. */
export function timeOf(value: unknown): bigint | null {
  if (typeof value === 'number') return numberTime(value);
  if (typeof value !== 'string' || value.length > 64) return null;
  const iso = isoTimeAt(value);
  if (iso !== null) return iso.end === value.length ? iso.unixNano : null;
  if (/^\d{18,20}$/.test(value)) return BigInt(value);
  return /^\d{9,17}(?:\.\d+)?$/.test(value) ? numberTime(Number(value)) : null;
}

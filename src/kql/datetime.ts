// The inside of a datetime literal, in every form that the KQL reference lists: ISO 8601, RFC 822, RFC 850, and the sortable one. Without a
// zone the time is UTC. https://learn.microsoft.com/kusto/query/scalar-data-types/datetime

const second = 1_000_000_000n;
const clock = String.raw`(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.(?<fraction>\d{1,9}))?)?`;
const zone = String.raw`\s*(?<zone>Z|GMT|UTC|UT|[+-]\d{2}:?\d{2})?`;
const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const month = `(?<month>${monthNames.join('|')})[a-z]*`;

const forms: readonly RegExp[] = [
  // 2014-11-08, 2014-11-08T15:05:02.123Z, 2014-11-08 15:05 GMT; a year or a month alone is its first moment
  new RegExp(String.raw`^(?<year>\d{4})(?:-(?<monthNumber>\d{1,2})(?:-(?<day>\d{1,2})(?:[T ]\s*${clock}${zone})?)?)?$`, 'i'),
  // Sat, 8 Nov 14 15:05:02 GMT; 8 Nov 2014 15:05
  new RegExp(String.raw`^(?:[a-z]{3,9},\s*)?(?<day>\d{1,2})\s+${month}\s+(?<year>\d{2}|\d{4})\s+${clock}${zone}$`, 'i'),
  // Saturday, 08-Nov-14 15:05:02 GMT
  new RegExp(String.raw`^(?:[a-z]{3,9},\s*)?(?<day>\d{1,2})-${month}-(?<year>\d{2}|\d{4})\s+${clock}${zone}$`, 'i'),
];

/** From year 1 to year 9999: a zone must not lead out of it. */
const firstMoment = -62_135_596_800n * second;
const lastMoment = 253_402_300_800n * second - 1n;

/** Unix nanoseconds; null when the text is no moment. */
export function parseDatetime(text: string): bigint | null {
  const groups = forms.map((form) => form.exec(text.trim())?.groups).find((found) => found !== undefined);
  if (groups === undefined) return null;
  const { year = '', monthNumber, day = '1', hour = '0', minute = '0', second: sec = '0', fraction = '' } = groups;
  const monthOfYear = groups['month'] === undefined ? Number(monthNumber ?? '1') : monthNames.indexOf(groups['month'].slice(0, 3).toLowerCase()) + 1;
  const days = daysFromCivil(fullYear(year), monthOfYear, Number(day));
  if (days === null || Number(hour) > 23 || Number(minute) > 59 || Number(sec) > 59) return null;
  const seconds = BigInt(days) * 86_400n + BigInt(hour) * 3600n + BigInt(minute) * 60n - zoneSeconds(groups['zone'] ?? 'Z');
  const moment = seconds * second + scaled(sec, fraction, second);
  return moment < firstMoment || moment > lastMoment ? null : moment;
}

/** Two digits are of this century up to 49, as RFC 2822 reads them. */
const fullYear = (text: string): number => (text.length > 2 ? Number(text) : Number(text) + (Number(text) < 50 ? 2000 : 1900));

function zoneSeconds(text: string): bigint {
  if (!/^[+-]/.test(text)) return 0n;
  const value = BigInt(text.slice(1, 3)) * 3600n + BigInt(text.slice(-2)) * 60n;
  return text.startsWith('-') ? -value : value;
}

/** Decimal digits times a unit, exactly; digits beyond the eighteenth of the fraction are left out. */
export function scaled(whole: string, fraction: string, unit: bigint): bigint {
  const digits = fraction.slice(0, 18);
  return BigInt(whole) * unit + (digits === '' ? 0n : (BigInt(digits) * unit) / 10n ** BigInt(digits.length));
}

/** Days since 1970-01-01 of a proleptic Gregorian date (H. Hinnant's civil calendar arithmetic); null for a date that is none. */
function daysFromCivil(year: number, month: number, day: number): number | null {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const length = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  if (year < 1 || length === undefined || day < 1 || day > length) return null;
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

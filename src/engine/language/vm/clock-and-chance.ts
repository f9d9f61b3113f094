// Inside the sandbox: time is the record's and always UTC, and chance is a fixed sequence, so that the same records give the same
// outputs on every machine.

export const clockAndChance = String.raw`
let now = 0;
const RealDate = Date;
const { UTC: utc, parse: realParse } = RealDate;
const toUtcText = RealDate.prototype.toUTCString;
const zoned = /(?:z|gmt|utc|[+-]\d\d:?\d\d)(?: ?\([^)]*\))?$/i;
const dateOnly = /^[+-]?\d{4,6}(?:-\d\d(?:-\d\d)?)?$/;
const isoTime = /^[+-]?\d{4,6}-\d\d-\d\dT/i;
// A text that names no zone is UTC, not the machine's.
const parseDate = (given) => {
  const text = String(given).trim();
  return zoned.test(text) || dateOnly.test(text) ? realParse(text) : realParse(text + (isoTime.test(text) ? 'Z' : ' UTC'));
};
const oneTime = (given) => {
  const value = typeof given === 'object' && given !== null ? given.valueOf() : given;
  return typeof value === 'string' ? parseDate(value) : value;
};
const FixedDate = function Date(...args) {
  const time = args.length === 0 ? now : args.length === 1 ? oneTime(args[0]) : utc(...args);
  return new.target === undefined ? toUtcText.call(new RealDate(now)) : Reflect.construct(RealDate, [time], new.target);
};
Object.defineProperty(FixedDate, 'prototype', { value: RealDate.prototype, writable: false });
FixedDate.now = () => now;
FixedDate.UTC = utc;
FixedDate.parse = parseDate;
{
  const prototype = RealDate.prototype;
  const set = (name, value) => Object.defineProperty(prototype, name, { value, writable: true, configurable: true });
  for (const part of ['FullYear', 'Month', 'Date', 'Hours', 'Minutes', 'Seconds', 'Milliseconds', 'Day']) for (const way of ['get', 'set']) {
    const inUtc = prototype[way + 'UTC' + part];
    if (inUtc !== undefined) set(way + part, inUtc);
  }
  set('constructor', FixedDate);
  set('getTimezoneOffset', function getTimezoneOffset() { return 0; });
  set('toString', toUtcText);
  set('toLocaleString', toUtcText);
  for (const name of ['toDateString', 'toLocaleDateString']) set(name, function () { return toUtcText.call(this).slice(0, 16); });
  for (const name of ['toTimeString', 'toLocaleTimeString']) set(name, function () { return toUtcText.call(this).slice(17); });
  delete prototype.getYear;
  delete prototype.setYear;
}
globalThis.Date = FixedDate;

let chance = config.seed | 0;
Math.random = () => {
  chance = (chance + 0x6d2b79f5) | 0;
  let mixed = Math.imul(chance ^ (chance >>> 15), 1 | chance);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
};
`;

// Numbers, sizes, times and paths as the console writes them. Pure: the time zone and "now" come in.
export type TimeZoneMode = 'utc' | 'local';

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** Whole number with separators: 48,212. */
export const formatCount = (value: number): string => grouped.format(Math.round(value));

/** A rate per second without its unit: 12,406 from a hundred on, 21.4 below, 0.03 below one, 0 for zero. */
export function formatRate(perSecond: number): string {
  const size = Math.abs(perSecond);
  if (size >= 99.95) return formatCount(perSecond);
  if (size === 0) return '0';
  return size >= 0.995 ? trimZeros(perSecond.toFixed(1)) : size >= 0.005 ? trimZeros(perSecond.toFixed(2)) : '<0.01';
}

const trimZeros = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

/** A share 0 to 1 as percent with a space: 25.7 %. */
export const formatPercent = (share: number, digits = 1): string => `${(share * 100).toFixed(digits)} %`;

/** Short axis numbers: 950, 20 k, 1.5 M. */
export function formatShort(value: number): string {
  const size = Math.abs(value);
  if (size < 1000) return trimZeros(value.toFixed(size < 10 ? 1 : 0));
  const [divisor, unit] = size < 1e6 ? [1e3, 'k'] : size < 1e9 ? [1e6, 'M'] : [1e9, 'G'];
  return `${trimZeros((value / divisor).toFixed(1))} ${unit}`;
}

/** Money without its currency: 1,240; 12.30; 0.0042; 0. */
export function formatMoney(value: number): string {
  const size = Math.abs(value);
  const figure = size >= 1000 ? formatCount(size) : size >= 0.01 || size === 0 ? size.toFixed(2) : String(Number(size.toPrecision(3)));
  return value < 0 ? `−${figure}` : figure;
}

const byteUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** Bytes with binary units: 512 B, 1.5 KiB, 61 MiB. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (Math.abs(value) >= 1024 && unit < byteUnits.length - 1) { value /= 1024; unit += 1; }
  return `${unit === 0 || Math.abs(value) >= 99.95 ? Math.round(value) : trimZeros(value.toFixed(1))} ${byteUnits[unit]}`;
}

/** A span of time in at most two units: 850 ms, 7.2 s, 4 m 12 s, 3 h 5 m, 2 d 4 h. */
export function formatDuration(ms: number): string {
  const size = Math.abs(ms);
  if (size < 1000) return `${Math.round(size)} ms`;
  if (size < 60_000) return `${size < 10_000 ? trimZeros((size / 1000).toFixed(1)) : Math.floor(size / 1000)} s`;
  const units = [['d', 86_400_000], ['h', 3_600_000], ['m', 60_000], ['s', 1000]] as const;
  const first = units.findIndex(([, length]) => size >= length);
  const [name, length] = units[first] ?? units[3];
  const next = units[first + 1];
  const rest = next === undefined ? 0 : Math.floor((size % length) / next[1]);
  return `${Math.floor(size / length)} ${name}${rest > 0 && next !== undefined ? ` ${rest} ${next[0]}` : ''}`;
}

/** "just now", "4 m 12 s ago", "in 3 s". */
export function formatRelative(unixMs: number, nowMs: number): string {
  const delta = nowMs - unixMs;
  if (Math.abs(delta) < 1500) return 'just now';
  const words = formatDuration(Math.round(delta / 1000) * 1000);
  return delta > 0 ? `${words} ago` : `in ${words}`;
}

const pad = (value: number, width = 2) => String(value).padStart(width, '0');

/** 14:06:32, or 14:06:32.958 with `millis`. */
export function formatClock(unixMs: number, zone: TimeZoneMode, millis = false): string {
  const date = new Date(unixMs);
  const [h, m, s] = zone === 'utc' ? [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()] : [date.getHours(), date.getMinutes(), date.getSeconds()];
  return `${pad(h)}:${pad(m)}:${pad(s)}${millis ? `.${pad(date.getUTCMilliseconds(), 3)}` : ''}`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** 12 Mar 2026. */
export function formatDate(unixMs: number, zone: TimeZoneMode): string {
  const date = new Date(unixMs);
  return zone === 'utc' ? `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}` : `${date.getDate()} ${months[date.getMonth()]} ${date.getFullYear()}`;
}

/** 12 Mar 2026 14:06:32 UTC; local times carry their offset, so that a copied time is never ambiguous. */
export function formatDateTime(unixMs: number, zone: TimeZoneMode, millis = false): string {
  return `${formatDate(unixMs, zone)} ${formatClock(unixMs, zone, millis)} ${zoneLabel(unixMs, zone)}`;
}

/** "UTC" or "UTC+02:00". */
export function zoneLabel(unixMs: number, zone: TimeZoneMode): string {
  if (zone === 'utc') return 'UTC';
  const offset = -new Date(unixMs).getTimezoneOffset();
  return `UTC${offset < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(offset) / 60))}:${pad(Math.abs(offset) % 60)}`;
}

/** OTLP time_unix_nano to Unix milliseconds. */
export const millisFromNanos = (nanos: bigint): number => Number(nanos / 1_000_000n);

/** A path shortened from the left; the file name stays: …/clients/catalog.ts:88. */
export function shortenPath(path: string, maxLength: number): string {
  if (path.length <= maxLength || !path.includes('/')) return path;
  const parts = path.split('/');
  let kept = parts.pop() ?? path;
  for (let part = parts.pop(); part !== undefined && kept.length + part.length + 3 <= maxLength; part = parts.pop()) kept = `${part}/${kept}`;
  return `…/${kept}`;
}

/** "1 agent", "3 agents". */
export const plural = (count: number, one: string, many = `${one}s`): string => `${formatCount(count)} ${count === 1 ? one : many}`;

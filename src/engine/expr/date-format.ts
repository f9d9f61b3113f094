// format_datetime and format_timespan: runs of y M d H h m s f F t, any other character stands for itself.
import { calendar, nanosOfSecond, nanosPerDay, nanosPerHour, nanosPerMinute, nanosPerSecond } from '../values/index.ts';

const pad = (value: number | bigint, width: number): string => value.toString().padStart(width, '0');
const fraction = (nanos: number, width: number): string => pad(nanos, 9).slice(0, Math.min(width, 7));

function datePart(unixNano: bigint, letter: string, width: number): string {
  const date = calendar(unixNano);
  switch (letter) {
    case 'y': return width <= 2 ? pad(date.getUTCFullYear() % 100, width) : pad(date.getUTCFullYear(), width);
    case 'M': return pad(date.getUTCMonth() + 1, Math.min(width, 2));
    case 'd': return pad(date.getUTCDate(), Math.min(width, 2));
    case 'H': return pad(date.getUTCHours(), width);
    case 'h': return pad(date.getUTCHours() % 12 || 12, width);
    case 'm': return pad(date.getUTCMinutes(), width);
    case 's': return pad(date.getUTCSeconds(), width);
    case 't': return date.getUTCHours() < 12 ? 'AM' : 'PM';
    default: return fractionPart(nanosOfSecond(unixNano), letter, width);
  }
}

function spanPart(nanos: bigint, letter: string, width: number): string {
  const size = nanos < 0n ? -nanos : nanos;
  switch (letter) {
    case 'd': return pad(size / nanosPerDay, width);
    case 'H': case 'h': return pad((size / nanosPerHour) % 24n, width);
    case 'm': return pad((size / nanosPerMinute) % 60n, width);
    case 's': return pad((size / nanosPerSecond) % 60n, width);
    case 'f': case 'F': return fractionPart(Number(size % nanosPerSecond), letter, width);
    default: return letter.repeat(width);
  }
}

/** `F` leaves trailing zeros out. */
const fractionPart = (nanos: number, letter: string, width: number): string =>
  (letter === 'F' ? fraction(nanos, width).replace(/0+$/, '') : fraction(nanos, width));

/** `value` is Unix nanoseconds, or a span's when `isSpan`. */
export function formatPattern(value: bigint, pattern: string, isSpan: boolean): string {
  return pattern.replace(/y+|M+|d+|H+|h+|m+|s+|f+|F+|tt/g, (run) => (isSpan ? spanPart(value, run[0]!, run.length) : datePart(value, run[0]!, run.length)));
}

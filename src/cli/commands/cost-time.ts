// Times as rows give them.

/** Unix nanoseconds of ISO 8601, or of a number of Unix nanoseconds, microseconds, milliseconds or seconds, told apart by size. */
export function timeOf(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value > 0n ? value : undefined;
  if (typeof value === 'string') return textTime(value);
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) return undefined;
  const scale = value > 1e17 ? 1 : value > 1e14 ? 1e3 : value > 1e11 ? 1e6 : 1e9;
  // Nanoseconds of today are beyond what a number holds exactly: whole and fraction go apart.
  const whole = Math.floor(value);
  return BigInt(whole) * BigInt(scale) + BigInt(Math.round((value - whole) * scale));
}

function textTime(value: string): bigint | undefined {
  if (value.length > 64) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return timeOf(Number(value));
  const ms = Date.parse(value);
  if (Number.isNaN(ms)) return undefined;
  // Date.parse keeps milliseconds; the digits beyond them are added back.
  const digits = /\.(\d{4,9})/.exec(value)?.[1];
  return BigInt(ms) * 1_000_000n + (digits === undefined ? 0n : BigInt(digits.padEnd(9, '0').slice(3)));
}

// The SDK's TimeInput as Unix nanoseconds: [seconds, nanoseconds], a Date, milliseconds since the epoch, or those of performance.now().
const million = 1_000_000n;

export const nowNanos = (): bigint => BigInt(Date.now()) * million;

/** Null when it is no time. */
export function toNanos(given: unknown): bigint | null {
  if (Array.isArray(given) && Number.isInteger(given[0]) && Number.isInteger(given[1])) return BigInt(given[0] as number) * 1_000_000_000n + BigInt(given[1] as number);
  if (given instanceof Date) return fromMs(given.getTime());
  if (typeof given !== 'number') return null;
  return fromMs(given < performance.timeOrigin ? given + performance.timeOrigin : given);
}

const fromMs = (ms: number): bigint | null => (Number.isFinite(ms) ? BigInt(Math.round(ms * 1000)) * 1000n : null);

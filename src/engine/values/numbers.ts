// KQL longs on JavaScript numbers: a long is a number while that is exact, a bigint beyond 2^53, and wraps at 64 bits.

export type Numeric = number | bigint;

export const isNumeric = (value: unknown): value is Numeric => typeof value === 'number' || typeof value === 'bigint';

/** A bigint as a KQL long: wrapped to 64 bits, a number where that is exact. */
export function asLong(value: bigint): Numeric {
  const wrapped = BigInt.asIntN(64, value);
  const small = Number(wrapped);
  return Number.isSafeInteger(small) ? small : wrapped;
}

/** A real truncated toward zero as a KQL long; null when it is no finite number or beyond 64 bits. */
export function truncateToLong(value: number): Numeric | null {
  const whole = Math.trunc(value);
  if (Number.isSafeInteger(whole)) return whole + 0;
  if (!Number.isFinite(whole) || Math.abs(whole) >= 2 ** 63) return null;
  return asLong(BigInt(whole));
}

const wide = (value: Numeric): bigint => (typeof value === 'bigint' ? value : BigInt(value));
const whole = (value: Numeric): boolean => typeof value === 'bigint' || Number.isInteger(value);

export function addLong(a: Numeric, b: Numeric): Numeric {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(sum) || !whole(sum)) return sum;
  }
  return whole(a) && whole(b) ? asLong(wide(a) + wide(b)) : Number(a) + Number(b);
}

export function subtractLong(a: Numeric, b: Numeric): Numeric {
  if (typeof a === 'number' && typeof b === 'number') {
    const difference = a - b;
    if (Number.isSafeInteger(difference) || !whole(difference)) return difference;
  }
  return whole(a) && whole(b) ? asLong(wide(a) - wide(b)) : Number(a) - Number(b);
}

export function multiplyLong(a: Numeric, b: Numeric): Numeric {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b;
    if (Number.isSafeInteger(product)) return product + 0;
  }
  return whole(a) && whole(b) ? asLong(wide(a) * wide(b)) : Number(a) * Number(b);
}

/** Truncates toward zero; null on division by zero. */
export function divideLong(a: Numeric, b: Numeric): Numeric | null {
  if (b == 0) return null;
  if (typeof a === 'number' && typeof b === 'number') return Math.trunc(a / b) + 0;
  if (!whole(a) || !whole(b)) return Math.trunc(Number(a) / Number(b));
  return asLong(wide(a) / wide(b));
}

/** KQL's modulo is never negative: the remainder of Euclid's division; null when the divisor is zero. */
export function moduloLong(a: Numeric, b: Numeric): Numeric | null {
  if (b == 0) return null;
  if (typeof a === 'number' && typeof b === 'number') {
    const rest = a % b;
    return rest < 0 ? rest + Math.abs(b) : rest + 0;
  }
  if (!whole(a) || !whole(b)) { const part = Number(a) % Number(b); return part < 0 ? part + Math.abs(Number(b)) : part; }
  const [x, y] = [wide(a), wide(b)];
  const rest = x % y;
  return asLong(rest < 0n ? rest + (y < 0n ? -y : y) : rest);
}

/** The largest multiple of `size` that is not above `value`; null when size is zero. */
export function floorLong(value: Numeric, size: Numeric): Numeric | null {
  if (size == 0) return null;
  if (typeof value === 'number' && typeof size === 'number') return Math.floor(value / size) * size + 0;
  if (!whole(value) || !whole(size)) return Math.floor(Number(value) / Number(size)) * Number(size);
  return asLong(floorTo(wide(value), wide(size)));
}

/** The same on plain bigints (nanoseconds). */
export function floorTo(value: bigint, size: bigint): bigint {
  const rest = value % size;
  return rest === 0n ? value : rest < 0n !== size < 0n ? value - rest - size : value - rest;
}

/** A decimal, hexadecimal or exponent number in text, or null. `0x` is accepted as in KQL. */
export function parseNumeric(text: string): Numeric | null {
  const trimmed = text.trim();
  if (/^[+-]?\d+$/.test(trimmed)) {
    const small = Number(trimmed);
    if (Number.isSafeInteger(small)) return small + 0;
    // No long has more than 19 digits, and a bigint of very many costs more than they are long.
    if (trimmed.replace(/^[+-]?0*/, '').length > 19) return small;
    const big = BigInt(trimmed.startsWith('+') ? trimmed.slice(1) : trimmed);
    return big === BigInt.asIntN(64, big) ? big : Number(big);
  }
  if (/^0x[0-9a-f]{1,16}$/i.test(trimmed)) return asLong(BigInt(trimmed));
  if (/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(trimmed)) return Number(trimmed);
  if (/^[+-]?inf(inity)?$/i.test(trimmed)) return trimmed.startsWith('-') ? -Infinity : Infinity;
  return /^nan$/i.test(trimmed) ? NaN : null;
}

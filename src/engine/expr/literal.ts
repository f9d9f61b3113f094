// Literals of a Plan: JSON values, with longs beyond 2^53, datetimes and timespans as decimal strings (plan.ts).
import type { KqlType } from '../../kql/index.ts';
import type { Value } from '../../otlp/index.ts';
import { asLong, parseDatetime, parseTimespan } from '../values/index.ts';

/** How a Plan writes the reals that JSON has no numbers for (plan.ts). */
const infinities: Readonly<Record<string, number>> = { '+inf': Infinity, '-inf': -Infinity, nan: NaN };
const digits = /^-?\d+$/;

export function literalValue(type: KqlType, value: unknown): Value {
  if (value === null || value === undefined) return type === 'string' ? '' : null;
  if (type === 'datetime' || type === 'timespan') return timeLiteral(type, value);
  if ((type === 'long' || type === 'int') && typeof value === 'string') return digits.test(value) ? asLong(BigInt(value)) : null;
  if ((type === 'real' || type === 'decimal') && typeof value === 'string') return infinities[value] ?? Number(value);
  return value as Value;
}

function timeLiteral(type: 'datetime' | 'timespan', value: unknown): bigint | null {
  if (typeof value === 'number') return BigInt(Math.trunc(value));
  if (typeof value !== 'string') return null;
  if (digits.test(value)) return BigInt(value);
  return type === 'datetime' ? parseDatetime(value) : parseTimespan(value);
}

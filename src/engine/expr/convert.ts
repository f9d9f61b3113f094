// Conversions. Each gives null for what it cannot read, as the KQL reference says; only tostring gives the empty string.
import type { KqlType } from '../../kql/index.ts';
import type { Value } from '../../otlp/index.ts';
import { asLong, asTimespan, formatDatetime, formatTimespan, fromTicks, isNumeric, parseDatetime, parseJson, parseNumeric, parseTimespan, ticksOf, toText, truncateToLong } from '../values/index.ts';
import { define, unary, type FunctionTable } from './registry.ts';

function toLong(value: Value, type: KqlType): Value {
  if (typeof value === 'number') return truncateToLong(value);
  if (typeof value === 'bigint') return type === 'datetime' ? asLong(ticksOf(value)) : type === 'timespan' ? asLong(value / 100n) : value;
  if (typeof value === 'boolean') return Number(value);
  if (typeof value !== 'string') return null;
  const parsed = parseNumeric(value);
  return typeof parsed === 'number' ? truncateToLong(parsed) : parsed;
}

function toInt(value: Value, type: KqlType): Value {
  const long = toLong(value, type);
  return typeof long === 'number' && Math.abs(long) <= 2 ** 31 - (long > 0 ? 1 : 0) ? long : null;
}

function toReal(value: Value): Value {
  if (isNumeric(value)) return Number(value);
  if (typeof value === 'boolean') return Number(value);
  if (typeof value !== 'string') return null;
  const parsed = parseNumeric(value);
  return parsed === null ? null : Number(parsed);
}

function toBool(value: Value): Value {
  if (typeof value === 'boolean') return value;
  if (isNumeric(value)) return value != 0;
  if (typeof value !== 'string') return null;
  const word = value.trim().toLowerCase();
  if (word === 'true' || word === '1') return true;
  return word === 'false' || word === '0' ? false : null;
}

/** A number is ticks of 100 ns since year 1, as in KQL; text is ISO 8601. */
function toDatetime(value: Value, type: KqlType): Value {
  if (typeof value === 'bigint') return type === 'long' ? fromTicks(value) : value;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? fromTicks(BigInt(value)) : null;
  return typeof value === 'string' ? parseDatetime(value) : null;
}

/** A number is ticks of 100 ns, what tolong gives; text as KQL writes spans. */
function toTimespan(value: Value, type: KqlType): Value {
  if (typeof value === 'bigint') return type === 'long' ? asTimespan(value * 100n) : value;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? asTimespan(BigInt(value) * 100n) : null;
  return typeof value === 'string' ? parseTimespan(value) : null;
}

/** Dynamics keep JSON kinds only, so times become text. */
export function toDynamic(value: Value, type: KqlType): Value {
  if (typeof value !== 'bigint') return value;
  if (type === 'datetime') return formatDatetime(value);
  return type === 'timespan' ? formatTimespan(value) : value;
}

/** Any value as a value of a type: `extract(…, typeof(long))`, columns of untyped rows. */
export function castTo(value: Value, type: KqlType): Value {
  if (value === null) return null;
  switch (type) {
    case 'string': case 'guid': return toText(value, 'dynamic');
    case 'int': return toInt(value, 'dynamic');
    case 'long': return toLong(value, 'dynamic');
    case 'real': case 'decimal': return toReal(value);
    case 'bool': return toBool(value);
    case 'datetime': return toDatetime(value, 'dynamic');
    case 'timespan': return toTimespan(value, 'dynamic');
    default: return value;
  }
}

const guid = /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;

export const conversions: FunctionTable = {
  tolong: unary(toLong), toint: unary(toInt), toreal: unary(toReal), todouble: unary(toReal), todecimal: unary(toReal),
  tobool: unary(toBool), toboolean: unary(toBool), todatetime: unary(toDatetime), totimespan: unary(toTimespan),
  tostring: define(1, 1, ([arg]) => { const { run, type } = arg!; return (frame) => toText(run(frame), type); }),
  toguid: unary((value) => (typeof value === 'string' && guid.test(value) ? value.toLowerCase() : null)),
  todynamic: define(1, 1, ([arg]) => { const { run, type } = arg!; return (frame) => { const value = run(frame); return typeof value === 'string' ? (parseJson(value) ?? { value }).value : toDynamic(value, type); }; }),
};

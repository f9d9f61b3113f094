// + - * / % and bin over longs, reals, datetimes and timespans. Times are bigint nanoseconds, so which arithmetic is
// meant is settled at compile time from the operands' types. Null in, null out; a zero divisor gives null for longs.
import type { KqlType } from '../../kql/index.ts';
import type { Value } from '../../otlp/index.ts';
import { addLong, asDatetime, asLong, asTimespan, binDatetime, divideLong, floorLong, floorTo, isNumeric, moduloLong, multiplyLong, scale, subtractLong, type Numeric } from '../values/index.ts';
import type { Compiled } from './frame.ts';
import { define, type Builder, type FunctionTable } from './registry.ts';

type Operation = (a: Value & {}, b: Value & {}) => Value;

const isTime = (type: KqlType): boolean => type === 'datetime' || type === 'timespan';
const isReal = (type: KqlType): boolean => type === 'real' || type === 'decimal';

const numeric = (apply: (a: Numeric, b: Numeric) => Numeric | null): Operation => (a, b) => (isNumeric(a) && isNumeric(b) ? apply(a, b) : null);
const real = (apply: (a: number, b: number) => number): Operation => (a, b) => (isNumeric(a) && isNumeric(b) ? apply(Number(a), Number(b)) : null);
const spans = (apply: (a: bigint, b: bigint) => Value): Operation => (a, b) => (typeof a === 'bigint' && typeof b === 'bigint' ? apply(a, b) : null);
/** Sums and differences that leave the range of their type are null, never some other time. */
const moments = (apply: (a: bigint, b: bigint) => bigint): Operation => spans((a, b) => asDatetime(apply(a, b)));
const lengths = (apply: (a: bigint, b: bigint) => bigint): Operation => spans((a, b) => asTimespan(apply(a, b)));
const fractional = (a: Numeric, b: Numeric): boolean => (typeof a === 'number' && !Number.isInteger(a)) || (typeof b === 'number' && !Number.isInteger(b));

const divideReal = real((a, b) => a / b);
const divideDynamic = numeric((a, b) => (fractional(a, b) ? Number(a) / Number(b) : divideLong(a, b)));
const moduloReal = real((a, b) => { const rest = a % b; return rest < 0 ? rest + Math.abs(b) : rest; });
const floorReal = real((value, size) => Math.floor(value / size) * size);

function scaled(left: KqlType): Operation {
  return (a, b) => {
    const [span, factor] = left === 'timespan' ? [a, b] : [b, a];
    return typeof span === 'bigint' && isNumeric(factor) ? scale(span, Number(factor)) : null;
  };
}

const divideSpan: Operation = (a, b) => {
  if (typeof a !== 'bigint' || !isNumeric(b) || b == 0 || Number.isNaN(Number(b))) return null;
  if (typeof b === 'bigint' || Number.isInteger(b)) return asTimespan(a / BigInt(b));
  const quotient = Number(a) / b;
  return Number.isFinite(quotient) ? asTimespan(BigInt(Math.trunc(quotient))) : null;
};

function operation(op: string, left: KqlType, right: KqlType): Operation {
  const time = isTime(left) || isTime(right);
  const inReal = isReal(left) || isReal(right);
  switch (op) {
    case '+': return time ? (left === 'datetime' || right === 'datetime' ? moments : lengths)((a, b) => a + b) : inReal ? real((a, b) => a + b) : numeric(addLong);
    case '-': return time ? (left === 'datetime' && right !== 'datetime' ? moments : lengths)((a, b) => a - b) : inReal ? real((a, b) => a - b) : numeric(subtractLong);
    case '*': return time ? scaled(left) : inReal ? real((a, b) => a * b) : numeric(multiplyLong);
    case '/':
      if (left === 'timespan' && right === 'timespan') return spans((a, b) => (b === 0n ? null : Number(a) / Number(b)));
      if (time) return divideSpan;
      return inReal ? divideReal : left === 'dynamic' || right === 'dynamic' ? divideDynamic : numeric(divideLong);
    case '%':
      if (time) return spans((a, b) => { if (b === 0n) return null; const rest = a % b; return rest < 0n ? rest + (b < 0n ? -b : b) : rest; });
      return inReal ? moduloReal : numeric((a, b) => (fractional(a, b) ? Number(moduloReal(a, b)) : moduloLong(a, b)));
    default: return binOperation(left, inReal, time);
  }
}

/** bin and floor: null for a size that is not above zero. */
function binOperation(left: KqlType, inReal: boolean, time: boolean): Operation {
  if (time) return spans((value, size) => (size <= 0n ? null : left === 'datetime' ? asDatetime(binDatetime(value, size)) : asTimespan(floorTo(value, size))));
  const apply = inReal ? floorReal : numeric((value, size) => (fractional(value, size) ? Number(floorReal(value, size)) : floorLong(value, size)));
  return (value, size) => (isNumeric(size) && size > 0 ? apply(value, size) : null);
}

const infix = (op: string): Builder => ([left, right]) => {
  const apply = operation(op, left!.type, right!.type);
  const [a, b] = [left!.run, right!.run];
  return (frame) => {
    const x = a(frame);
    if (x === null) return null;
    const y = b(frame);
    return y === null ? null : apply(x, y);
  };
};

const negate: Builder = ([arg]) => {
  const { run, type } = arg!;
  const wide = type === 'timespan' ? asTimespan : asLong;
  return (frame) => { const value = run(frame); return typeof value === 'bigint' ? wide(-value) : typeof value === 'number' ? 0 - value : null; };
};

/** `bin_at(value, size, point)`: bins counted from `point`. */
const binAt: Builder = (args) => {
  const [value, size, point] = args as [Compiled, Compiled, Compiled];
  const time = isTime(value.type);
  const [minus, floor, plus] = [operation('-', value.type, point.type), operation('bin', time ? 'timespan' : value.type, size.type), operation('+', value.type, time ? 'timespan' : point.type)];
  return (frame) => {
    const [x, width, start] = [value.run(frame), size.run(frame), point.run(frame)];
    if (x === null || width === null || start === null) return null;
    const offset = minus(x, start);
    const floored = offset === null ? null : floor(offset, width);
    return floored === null ? null : plus(start, floored);
  };
};

export const arithmetic: FunctionTable = {
  '+': define(2, 2, infix('+')), '-': define(2, 2, infix('-')), '*': define(2, 2, infix('*')), '/': define(2, 2, infix('/')), '%': define(2, 2, infix('%')),
  negate: define(1, 1, negate), bin: define(2, 2, infix('bin')), floor: define(2, 2, infix('bin')), bin_at: define(3, 3, binAt),
};

// Mathematics. Null in, null out; a result that is no number is NaN as in KQL's reals.
import type { Value } from '../../otlp/index.ts';
import { asLong, isNumeric, order, type Numeric } from '../values/index.ts';
import { anyCount, binary, define, plain, unary, type Definition, type FunctionTable } from './registry.ts';

const real = (apply: (value: number) => number): Definition => unary((value) => (isNumeric(value) ? apply(Number(value)) : null));
/** Null outside of the function's domain, as the KQL reference says of roots, logarithms and arcs. */
const realWhere = (inside: (value: number) => boolean, apply: (value: number) => number): Definition => unary((value) => (isNumeric(value) && inside(Number(value)) ? apply(Number(value)) : null));
const real2 = (apply: (a: number, b: number) => number): Definition => binary((a, b) => (isNumeric(a) && isNumeric(b) ? apply(Number(a), Number(b)) : null));
/** A value's 64 bits; null when it is no whole number. */
const bitsOf = (value: Value): bigint | null => (typeof value === 'bigint' ? value : typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : null);
const bits = (apply: (a: bigint, b: bigint) => bigint | null): Definition => binary((a, b) => {
  const [x, y] = [bitsOf(a), bitsOf(b)];
  const result = x === null || y === null ? null : apply(x, y);
  return result === null ? null : asLong(result);
});

/** Half to even, as .NET rounds. */
function round(value: number, digits: number): number {
  const factor = 10 ** Math.abs(digits);
  const scaled = digits < 0 ? value / factor : value * factor;
  const near = Math.round(scaled);
  const even = Math.abs(scaled % 1) === 0.5 && near % 2 !== 0 ? near - 1 : near;
  if (!Number.isFinite(scaled)) return value;
  return (digits < 0 ? even * factor : even / factor) + 0;
}

const absolute = (value: Value): Value => (typeof value === 'bigint' ? (value < 0n ? -value : value) : typeof value === 'number' ? Math.abs(value) : null);

const extreme = (sign: number): Definition => plain(1, anyCount, (values) => {
  let best: Value = null;
  for (const value of values) {
    if (value === null) continue;
    const compared = best === null ? sign : order(value, best);
    if (compared !== null && compared * sign > 0) best = value;
  }
  return best;
});

const finiteTest = (test: (value: number) => boolean): Definition => unary((value) => isNumeric(value) && test(Number(value)));
const signOf = (value: Numeric): number => (value > 0 ? 1 : value < 0 ? -1 : 0);

export const mathematics: FunctionTable = {
  abs: unary(absolute), sign: unary((value) => (isNumeric(value) ? signOf(value) : null)),
  ceiling: real((value) => Math.ceil(value) + 0), exp: real(Math.exp), exp2: real((value) => 2 ** value), exp10: real((value) => 10 ** value),
  log: realWhere((value) => !(value < 0), Math.log), log2: realWhere((value) => !(value < 0), Math.log2), log10: realWhere((value) => !(value < 0), Math.log10), sqrt: realWhere((value) => !(value < 0), Math.sqrt),
  sin: real(Math.sin), cos: real(Math.cos), tan: real(Math.tan), asin: realWhere((value) => !(Math.abs(value) > 1), Math.asin), acos: realWhere((value) => !(Math.abs(value) > 1), Math.acos), atan: real(Math.atan), cot: real((value) => 1 / Math.tan(value)),
  atan2: real2(Math.atan2), pow: real2((a, b) => a ** b), pi: define(0, 0, () => () => Math.PI),
  degrees: real((value) => value * 180 / Math.PI), radians: real((value) => value * Math.PI / 180),
  round: plain(1, 2, ([value = null, digits = 0]) => (isNumeric(value) && isNumeric(digits) ? round(Number(value), Number(digits)) : null)),
  max_of: extreme(1), min_of: extreme(-1),
  isnan: finiteTest(Number.isNaN), isinf: finiteTest((value) => Math.abs(value) === Infinity), isfinite: finiteTest(Number.isFinite),
  binary_and: bits((a, b) => a & b), binary_or: bits((a, b) => a | b), binary_xor: bits((a, b) => a ^ b),
  binary_shift_left: bits((a, b) => (b < 0n ? null : a << (b % 64n))), binary_shift_right: bits((a, b) => (b < 0n ? null : a >> (b % 64n))),
  binary_not: unary((value) => { const own = bitsOf(value); return own === null ? null : asLong(~own); }),
  bitset_count_ones: unary((value) => { const own = bitsOf(value); return own === null ? null : BigInt.asUintN(64, own).toString(2).replaceAll('0', '').length; }),
  tohex: plain(1, 2, ([value = null, width = 0]) => { const own = bitsOf(value); return own === null ? '' : BigInt.asUintN(64, own).toString(16).padStart(Math.min(64, Number(width)), '0'); }),
};

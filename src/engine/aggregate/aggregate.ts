// Aggregate functions as accumulators. A factory is compiled once per query; one accumulator per group counts.
import type { Aggregate, KqlType } from '../../kql/index.ts';
import type { Value } from '../../otlp/index.ts';
import { asComparable, CompileError, compileExpr, constantOf, type CompileContext, type Compiled, type Frame } from '../expr/index.ts';
import { bitAccumulators } from './bits.ts';
import { countAccumulators } from './counting.ts';
import { distinctAccumulators } from './distinct.ts';
import { listAccumulators } from './lists.ts';
import { momentAccumulators } from './moments.ts';
import { orderAccumulators } from './ordering.ts';
import { percentileAccumulators } from './percentile.ts';

export interface Accumulator {
  add(frame: Frame): void;
  /** The result so far; may be asked for again later. */
  value(): Value;
  /** About how much memory it holds, in bytes. Cheap: asked for at every record where it can change. */
  bytes(): number;
}

/**
 * How much one group may hold before answers become approximate or end. `maxValues`: values a percentile keeps, past it a uniform
 * sample of that many (standard error of the rank 50 / sqrt(maxValues) percentage points at the median). `maxDistinct`: keys a
 * distinct count keeps, past it HyperLogLog (error by accuracy, see distinct.ts). `maxAccuracy`: the finest HyperLogLog. `maxList`: items of a list, set or bag.
 */
export interface AggregateLimits { readonly maxValues: number; readonly maxDistinct: number; readonly maxAccuracy: number; readonly maxList: number }
/** Queries over finished data: exact for all but the largest groups. */
export const tableLimits: AggregateLimits = { maxValues: 1_000_000, maxDistinct: 100_000, maxAccuracy: 4, maxList: 1_048_576 };
/** Rules on a stream share an agent's memory. */
export const streamLimits: AggregateLimits = { maxValues: 4096, maxDistinct: 1024, maxAccuracy: 1, maxList: 1000 };

export type AccumulatorBuilder = (args: readonly Compiled[], limits: AggregateLimits, type: KqlType) => () => Accumulator;
/** `args`: how many are needed. `grows`: memory depends on the records added. */
export type AccumulatorTable = Readonly<Record<string, { readonly args: number; readonly grows?: true; readonly build: AccumulatorBuilder }>>;

const all = new Map(Object.entries({ ...countAccumulators, ...momentAccumulators, ...distinctAccumulators, ...percentileAccumulators, ...orderAccumulators, ...listAccumulators, ...bitAccumulators }));
export const aggregateNames: readonly string[] = [...all.keys()];

export interface CompiledAggregate { readonly name: string; readonly fn: string; readonly type: KqlType; readonly grows: boolean; readonly create: () => Accumulator }

/** Throws CompileError. */
export function compileAggregate(aggregate: Aggregate, context: CompileContext, limits: AggregateLimits): CompiledAggregate {
  const known = all.get(aggregate.fn);
  if (known === undefined) throw new CompileError(`The aggregate ${aggregate.fn} is not known to this engine.`, 'See the list of aggregates in rules.md.');
  if (aggregate.args.length < known.args) throw new CompileError(`${aggregate.fn} takes ${known.args} arguments, not ${aggregate.args.length}.`, 'See the KQL reference for its arguments.');
  const args = aggregate.args.map((arg) => valueOf(aggregate.fn, compileExpr(arg, context)));
  return { name: aggregate.name, fn: aggregate.fn, type: aggregate.type, grows: known.grows === true, create: known.build(args, limits, aggregate.type) };
}

const ofValues = /^(dcount|count_distinct|make_set|make_list|min|max)/;
/** A text is never null in KQL: one that is missing is empty, and counts and is listed as such. arg_max and take_any show a row as it is. */
const valueOf = (fn: string, arg: Compiled): Compiled => (arg.type === 'string' && ofValues.test(fn) ? { ...arg, run: asComparable(arg) } : arg);

/** The number in a constant argument. */
export function constantNumber(arg: Compiled | undefined, what: string): number {
  const value = arg?.constant === true ? constantOf(arg) : null;
  if (typeof value !== 'number' || Number.isNaN(value)) throw new CompileError(`${what} must be a constant number.`, 'Write the number in place.');
  return value;
}

// Aggregate functions as accumulators. A factory is compiled once per query; one accumulator per group counts.
import type { Aggregate, KqlType } from '../../kql/index.ts';
import type { Value } from '../../otlp/index.ts';
import { CompileError, compileExpr, constantOf, type CompileContext, type Compiled, type Frame } from '../expr/index.ts';
import { countAccumulators } from './counting.ts';
import { listAccumulators } from './lists.ts';
import { orderAccumulators } from './ordering.ts';

export interface Accumulator { add(frame: Frame): void; value(): Value }

/** How much one group may hold. Queries over finished data hold all; rules on a stream may not. */
export interface AggregateLimits { readonly maxValues: number; readonly maxDistinct: number; readonly maxList: number }
export const unlimited: AggregateLimits = { maxValues: Infinity, maxDistinct: Infinity, maxList: 1_048_576 };
export const streamLimits: AggregateLimits = { maxValues: 4096, maxDistinct: 4096, maxList: 1000 };

export type AccumulatorBuilder = (args: readonly Compiled[], limits: AggregateLimits, type: KqlType) => () => Accumulator;
export type AccumulatorTable = Readonly<Record<string, { readonly args: number; readonly build: AccumulatorBuilder }>>;

const all = new Map(Object.entries({ ...countAccumulators, ...orderAccumulators, ...listAccumulators }));
export const aggregateNames: readonly string[] = [...all.keys()];

export interface CompiledAggregate { readonly name: string; readonly fn: string; readonly type: KqlType; readonly create: () => Accumulator }

export function compileAggregate(aggregate: Aggregate, context: CompileContext, limits: AggregateLimits): CompiledAggregate {
  const known = all.get(aggregate.fn);
  if (known === undefined) throw new CompileError(`The aggregate ${aggregate.fn} is not known to this engine.`, 'See the list of aggregates in rules.md.');
  if (aggregate.args.length < known.args) throw new CompileError(`${aggregate.fn} takes ${known.args} arguments, not ${aggregate.args.length}.`, 'See the KQL reference for its arguments.');
  const args = aggregate.args.map((arg) => compileExpr(arg, context));
  return { name: aggregate.name, fn: aggregate.fn, type: aggregate.type, create: known.build(args, limits, aggregate.type) };
}

/** The number in a constant argument. */
export function constantNumber(arg: Compiled | undefined, what: string): number {
  const value = arg?.constant === true ? constantOf(arg) : null;
  if (typeof value !== 'number') throw new CompileError(`${what} must be a constant number.`, 'Write the number in place.');
  return value;
}

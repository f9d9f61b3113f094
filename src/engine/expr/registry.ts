// How functions are declared: a name, how many arguments, and a builder that makes the closure once per rule.
import type { Clock } from '../../base/index.ts';
import type { KqlType } from '../../kql/index.ts';
import type { Value } from '../../otlp/index.ts';
import { withinWeight } from '../values/index.ts';
import type { Compiled, Fn } from './frame.ts';

export interface CallInfo { readonly fn: string; readonly type: KqlType; readonly clock: Clock }
export type Builder = (args: readonly Compiled[], call: CallInfo) => Fn;

export interface Definition {
  readonly min: number;
  readonly max: number;
  readonly build: Builder;
  /** False when two calls may differ (now) or when one may cost much: then it is never folded. */
  readonly pure: boolean;
}

export type FunctionTable = Readonly<Record<string, Definition>>;

export const define = (min: number, max: number, build: Builder, pure = true): Definition => ({ min, max, build, pure });
/** A function whose result may be far larger than its arguments, or that goes over them again and again: even of constants it is computed
 *  per record, where budgets count it, and not while rules are checked and deployed. */
export const grows = (definition: Definition): Definition => ({ ...definition, pure: false });
/** A function that puts values into arrays and bags: what it makes has a bound (`withinWeight`). */
export const builds = (definition: Definition): Definition => ({
  ...definition,
  build: (args, call) => { const run = definition.build(args, call); return (frame) => withinWeight(call.fn, run(frame)); },
});
/** As many as a Plan may have expressions: `in` takes long lists. */
export const anyCount = 20_000;

/** One argument; null in, null out. */
export const unary = (apply: (value: Value & {}, type: KqlType) => Value): Definition => define(1, 1, ([arg]) => {
  const { run, type } = arg!;
  return (frame) => { const value = run(frame); return value === null ? null : apply(value, type); };
});

/** Two arguments; null when either is. */
export const binary = (apply: (a: Value & {}, b: Value & {}) => Value): Definition => define(2, 2, ([left, right]) => {
  const [a, b] = [left!.run, right!.run];
  return (frame) => { const x = a(frame); if (x === null) return null; const y = b(frame); return y === null ? null : apply(x, y); };
});

/** All arguments evaluated; the function decides about nulls. */
export const plain = (min: number, max: number, apply: (values: readonly Value[], types: readonly KqlType[], call: CallInfo) => Value): Definition => define(min, max, (args, call) => {
  const runs = args.map((arg) => arg.run);
  const types = args.map((arg) => arg.type);
  return (frame) => apply(runs.map((run) => run(frame)), types, call);
});

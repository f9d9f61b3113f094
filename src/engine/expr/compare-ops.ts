// Comparison operators: == != < <= > >= between in. Null rules are in values/compare.ts.
import type { Value } from '../../otlp/index.ts';
import { differs, equals, isArray, order, sameAs } from '../values/index.ts';
import { constantOf, newFrame, type Compiled, type Fn } from './frame.ts';
import { anyCount, define, type Builder, type FunctionTable } from './registry.ts';

/** A string expression never is null: missing is empty. */
export function asComparable(arg: Compiled): Fn {
  if (arg.type !== 'string') return arg.run;
  const run = arg.run;
  return (frame) => run(frame) ?? '';
}

const compared = (test: (a: Value, b: Value) => boolean | null): Builder => ([left, right]) => {
  const [a, b] = [asComparable(left!), asComparable(right!)];
  return (frame) => test(a(frame), b(frame));
};

const ordered = (test: (order: number) => boolean): Builder => compared((a, b) => {
  const result = order(a, b);
  return result === null ? null : test(result);
});

const fold = (value: Value): Value => (typeof value === 'string' ? value.toLowerCase() : value);
const foldedEquals = (a: Value, b: Value): boolean | null => equals(fold(a), fold(b));
const foldedDiffers = (a: Value, b: Value): boolean | null => differs(fold(a), fold(b));

function between(negated: boolean): Builder {
  return ([subject, from, to]) => {
    const [value, low, high] = [subject!.run, from!.run, to!.run];
    return (frame) => {
      const [x, least, most] = [value(frame), low(frame), high(frame)];
      const above = order(x, least);
      // `dt between (start .. timespan)` means start + timespan.
      const below = order(x, subject!.type === 'datetime' && to!.type === 'timespan' && typeof least === 'bigint' && typeof most === 'bigint' ? least + most : most);
      if (above === null || below === null) return null;
      return (above >= 0 && below <= 0) !== negated;
    };
  };
}

/** The list of `in`: each argument a value, or one dynamic array of values. */
function members(args: readonly Compiled[]): Fn {
  const runs = args.slice(1).map(asComparable);
  return (frame) => runs.flatMap((run) => { const value = run(frame); return isArray(value) ? [...value] : [value]; });
}

function within(negated: boolean, insensitive: boolean): Builder {
  return (args) => {
    const subject = asComparable(args[0]!);
    const key = insensitive ? fold : (value: Value): Value => value;
    const list = members(args);
    if (args.slice(1).every((arg) => arg.constant)) return constantList(subject, key, (list(newFrame()) as readonly Value[]).map(key), negated);
    return (frame) => {
      const value = key(subject(frame));
      if (value === null) return negated;
      const isValue = sameAs(value);
      return (list(frame) as readonly Value[]).some((item) => isValue(key(item))) !== negated;
    };
  };
}

function constantList(subject: Fn, key: (value: Value) => Value, list: readonly Value[], negated: boolean): Fn {
  const strings = new Set(list.filter((item) => typeof item === 'string'));
  const others = list.filter((item) => item !== null && typeof item !== 'string').map(sameAs);
  return (frame) => {
    const value = key(subject(frame));
    const found = typeof value === 'string' ? strings.has(value) : value !== null && others.some((isItem) => isItem(value));
    return found !== negated;
  };
}

/** `==` against one constant string, the commonest predicate, without the general path. */
const equalsBuilder: Builder = (args, call) => {
  const [left, right] = args as [Compiled, Compiled];
  const literal = right.constant && left.type === 'string' ? constantOf(right) : null;
  if (typeof literal !== 'string') return compared(equals)(args, call);
  const run = asComparable(left);
  return (frame) => run(frame) === literal;
};

export const comparisons: FunctionTable = {
  '==': define(2, 2, equalsBuilder), '!=': define(2, 2, compared(differs)), '<>': define(2, 2, compared(differs)),
  '=~': define(2, 2, compared(foldedEquals)), '!~': define(2, 2, compared(foldedDiffers)),
  '<': define(2, 2, ordered((sign) => sign < 0)), '<=': define(2, 2, ordered((sign) => sign <= 0)),
  '>': define(2, 2, ordered((sign) => sign > 0)), '>=': define(2, 2, ordered((sign) => sign >= 0)),
  between: define(3, 3, between(false)), '!between': define(3, 3, between(true)),
  in: define(2, anyCount, within(false, false)), '!in': define(2, anyCount, within(true, false)),
  'in~': define(2, anyCount, within(false, true)), '!in~': define(2, anyCount, within(true, true)),
};

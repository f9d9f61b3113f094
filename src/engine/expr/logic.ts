// Three-valued logic and the functions that choose: and or not, iff, case, coalesce, isnull, isempty.
import type { Value } from '../../otlp/index.ts';
import type { Fn } from './frame.ts';
import { anyCount, define, type Builder, type FunctionTable } from './registry.ts';

/** False wins over null, null over true; stops at the first false. */
const and: Builder = (args) => args.map((arg) => arg.run).reduceRight((rest, first) => (frame) => {
  const value = first(frame);
  if (value === false) return false;
  const other = rest(frame);
  return other === false ? false : value === null ? null : other;
});

/** True wins over null, null over false; stops at the first true. */
const or: Builder = (args) => args.map((arg) => arg.run).reduceRight((rest, first) => (frame) => {
  const value = first(frame);
  if (value === true) return true;
  const other = rest(frame);
  return other === true ? true : value === null ? null : other;
});

const not: Builder = ([arg]) => {
  const run = arg!.run;
  return (frame) => { const value = run(frame); return value === null ? null : value === false; };
};

const iff: Builder = ([test, then, otherwise]) => {
  const [check, yes, no] = [test!.run, then!.run, otherwise!.run];
  return (frame) => (check(frame) === true ? yes(frame) : no(frame));
};

const choose: Builder = (args) => {
  let chosen: Fn = args[args.length - 1]!.run;
  for (let i = args.length - 3; i >= 0; i -= 2) {
    const [check, yes, no] = [args[i]!.run, args[i + 1]!.run, chosen];
    chosen = (frame) => (check(frame) === true ? yes(frame) : no(frame));
  }
  return chosen;
};

const isEmptyValue = (value: Value): boolean => value === null || value === '';

/** The first argument that is neither null nor an empty string. */
const coalesce: Builder = (args) => {
  const runs = args.map((arg) => arg.run);
  return (frame) => {
    let value: Value = null;
    for (const run of runs) { value = run(frame); if (!isEmptyValue(value)) return value; }
    return value;
  };
};

/** A string is never null in KQL, only empty. */
const isNull = (wanted: boolean): Builder => ([arg]) => {
  const { run, type } = arg!;
  if (type === 'string') return () => !wanted;
  return (frame) => (run(frame) === null) === wanted;
};

const isEmpty = (wanted: boolean): Builder => ([arg]) => {
  const run = arg!.run;
  return (frame) => isEmptyValue(run(frame)) === wanted;
};

export const logic: FunctionTable = {
  and: define(1, anyCount, and), or: define(1, anyCount, or), not: define(1, 1, not),
  iff: define(3, 3, iff), iif: define(3, 3, iff), case: define(3, anyCount, choose), coalesce: define(1, anyCount, coalesce),
  isnull: define(1, 1, isNull(true)), isnotnull: define(1, 1, isNull(false)), notnull: define(1, 1, isNull(false)),
  isempty: define(1, 1, isEmpty(true)), isnotempty: define(1, 1, isEmpty(false)), notempty: define(1, 1, isEmpty(false)),
};

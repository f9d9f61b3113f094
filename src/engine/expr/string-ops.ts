// String operators: contains startswith endswith has hasprefix hassuffix has_any has_all matches regex, their negations
// and _cs forms. Anything that is no string is looked at as text; null is the empty string.
import type { Value } from '../../otlp/index.ts';
import { bothEdges, hasTerm, isArray, placeIn, toText, type TermEdges } from '../values/index.ts';
import { constantOf, type Compiled, type Fn } from './frame.ts';
import { regexTest } from './regex.ts';
import { anyCount, define, type Builder, type Definition, type FunctionTable } from './registry.ts';

/** The expression as text. */
export function textOf(arg: Compiled): (frame: Parameters<Fn>[0]) => string {
  const { run, type } = arg;
  return (frame) => { const value = run(frame); return typeof value === 'string' ? value : toText(value, type); };
}

type TextTest = (text: string, wanted: string) => boolean;
const term = (edges: TermEdges): TextTest => (text, wanted) => hasTerm(text, wanted, edges);

/** The tests by the operator's bare name, over text already in the same case. */
export const textTests: Readonly<Record<string, TextTest>> = {
  contains: (text, wanted) => placeIn(text, wanted) >= 0,
  startswith: (text, wanted) => text.startsWith(wanted),
  endswith: (text, wanted) => text.endsWith(wanted),
  has: term(bothEdges),
  hasprefix: term({ start: true, end: false }),
  hassuffix: term({ start: false, end: true }),
};

function textOperator(test: TextTest, negated: boolean, caseSensitive: boolean): Builder {
  return ([subject, wanted]) => {
    const fold = caseSensitive ? (text: string): string => text : (text: string): string => text.toLowerCase();
    const text = textOf(subject!);
    if (!wanted!.constant) { const other = textOf(wanted!); return (frame) => test(fold(text(frame)), fold(other(frame))) !== negated; }
    const literal = fold(toText(constantOf(wanted!), wanted!.type));
    return (frame) => test(fold(text(frame)), literal) !== negated;
  };
}

const asList = (values: readonly Value[]): readonly string[] => values.flatMap((value) => (isArray(value) ? value : [value])).map((value) => toText(value, 'dynamic').toLowerCase());

function hasSome(all: boolean): Builder {
  return ([subject, ...wanted]) => {
    const text = textOf(subject!);
    const runs = wanted.map((arg) => arg.run);
    const fixed = wanted.every((arg) => arg.constant) ? asList(wanted.map(constantOf)) : null;
    return (frame) => {
      const terms = fixed ?? asList(runs.map((run) => run(frame)));
      const where = text(frame).toLowerCase();
      return all ? terms.every((one) => hasTerm(where, one, bothEdges)) : terms.some((one) => hasTerm(where, one, bothEdges));
    };
  };
}

/** `has_any_index(text, terms)`: the place of the first term that the text has, -1 when it has none. */
const hasAnyIndex: Builder = ([subject, wanted]) => {
  const text = textOf(subject!);
  const terms = wanted!.run;
  return (frame) => {
    const where = text(frame).toLowerCase();
    return asList([terms(frame)]).findIndex((one) => hasTerm(where, one, bothEdges));
  };
};

const matches = (negated: boolean): Builder => ([subject, pattern]) => {
  const text = textOf(subject!);
  const test = regexTest(pattern!);
  return (frame) => test(frame, text(frame)) !== negated;
};

function operatorForms(): FunctionTable {
  const table: Record<string, Definition> = {};
  for (const [name, test] of Object.entries(textTests)) {
    table[name] = define(2, 2, textOperator(test, false, false));
    table[`!${name}`] = define(2, 2, textOperator(test, true, false));
    table[`${name}_cs`] = define(2, 2, textOperator(test, false, true));
    table[`!${name}_cs`] = define(2, 2, textOperator(test, true, true));
  }
  return table;
}

export const stringOperators: FunctionTable = {
  ...operatorForms(),
  has_any: define(2, anyCount, hasSome(false)), has_all: define(2, anyCount, hasSome(true)), has_any_index: define(2, 2, hasAnyIndex),
  'matches regex': define(2, 2, matches(false)), '!matches regex': define(2, 2, matches(true)),
};

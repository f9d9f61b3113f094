// Lines with their ground truth: which statement wrote each. A statement is a pattern with `{kind}` for values; statements that stand
// first write far more lines than those that stand last, as in real systems.
import { Chance } from './chance.ts';
import { fillers } from './fillers.ts';
import { formats } from './formats/index.ts';

interface Corpus { readonly lines: readonly string[]; /** Of each line, the number of its statement. */ readonly truth: readonly number[] }

export const formatNames: readonly string[] = Object.keys(formats);

/** `count` lines of a format; every statement occurs where there is room. */
export function corpusOf(format: string, count: number, seed = 1): Corpus {
  const statements = formats[format]!;
  const chance = new Chance(seed * 7919 + format.length);
  const numbers = statements.map((_, index) => index);
  const truth = Array.from({ length: count }, (_, index) => (index < statements.length ? index : chance.skewed(numbers)));
  const mixed = chance.shuffled(truth);
  return { lines: mixed.map((number) => lineOf(statements[number]!, chance)), truth: mixed };
}

/** A line of the statement. */
export const lineOf = (statement: string, chance: Chance): string => statement.replace(/\{(\w+)\}/g, (whole, kind: string) => fillers[kind]?.(chance) ?? whole);

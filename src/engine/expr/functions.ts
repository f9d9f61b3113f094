// Every scalar function and operator by its KQL name.
import { arithmetic } from './arithmetic.ts';
import { arrayShapes } from './array-shapes.ts';
import { arrays } from './arrays.ts';
import { bags } from './bags.ts';
import { comparisons } from './compare-ops.ts';
import { conversions } from './convert.ts';
import { dates } from './dates.ts';
import { encodings } from './encodings.ts';
import { extraction } from './extract.ts';
import { hashes } from './hashes.ts';
import { addresses } from './ipv4.ts';
import { addressSearch } from './ipv4-search.ts';
import { addresses6 } from './ipv6.ts';
import { logic } from './logic.ts';
import { mathematics } from './math.ts';
import type { Definition } from './registry.ts';
import { stringOperators } from './string-ops.ts';
import { strings } from './strings.ts';

const all: ReadonlyMap<string, Definition> = new Map(
  [logic, comparisons, arithmetic, stringOperators, strings, encodings, extraction, conversions, dates, bags, arrays, arrayShapes, mathematics, hashes, addresses, addressSearch, addresses6].flatMap((table) => Object.entries(table)),
);

export const functionNamed = (name: string): Definition | null => all.get(name) ?? null;

/** For completions, documentation and tests that hold the compiler against the engine. */
export const functionNames: readonly string[] = [...all.keys()];

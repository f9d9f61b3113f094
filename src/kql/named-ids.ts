// What a query says of durable ids, for those who must know whether a record could be meant whose id is not known yet.
import { isColumnOf, mapCalls } from './id-columns.ts';
import { comparison, isMinedId } from './names.ts';
import type { Expr, Plan } from './plan.ts';

export interface NamedIds {
  /** Ids of mined templates. */
  readonly mined: readonly string[];
  /** All texts that an id is compared with: a record that one of them fits may be meant. */
  readonly texts: readonly string[];
  /** The id is read in some other way as well, so that no list of texts says which it may be. */
  readonly isOpen: boolean;
}

const prefixes: ReadonlySet<string> = new Set(['startswith', '!startswith', 'startswith_cs', '!startswith_cs']);
const ofNone: ReadonlySet<string> = new Set(['isempty', 'isnotempty', 'isnull', 'isnotnull', 'tostring']);

/** Null when the query does not read the durable id at all. */
export function namedIds({ operators }: Pick<Plan, 'operators'>): NamedIds | null {
  const texts = new Set<string>();
  let reads = operators.some((operator) => operator.op === 'parse' && isColumnOf(operator.source, new Set(['DurableId'])));
  let isOpen = reads;
  mapCalls({ operators }, (call, columns) => {
    const compared = comparison(call, columns);
    const value = call.args[1];
    if (compared !== null) for (const text of [...compared.mined, ...compared.others]) texts.add(text);
    else if (call.fn === 'event') for (const text of textsOf(call.args)) texts.add(text);
    else if (prefixes.has(call.fn) && isColumnOf(call.args[0], columns.ids) && value?.k === 'literal' && typeof value.value === 'string') texts.add(value.value);
    else if (!call.args.some((arg) => isColumnOf(arg, columns.ids))) return call;
    else isOpen ||= !ofNone.has(call.fn);
    reads = true;
    return call;
  });
  return reads ? { mined: [...texts].filter(isMinedId), texts: [...texts], isOpen } : null;
}

const textsOf = (args: readonly Expr[]): readonly string[] => args.flatMap((arg) => (arg.k === 'literal' && typeof arg.value === 'string' ? [arg.value] : []));

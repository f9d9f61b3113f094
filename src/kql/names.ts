// Names that survive a rename, in a Plan: which ones it uses, and writing them out by a book of aliases. A Plan keeps `event("a")` and
// `field("a")` as calls, so that a rename needs no new compilation; who hands a Plan to an executor resolves them first. An executor that
// meets one all the same takes the name as it is. Ids of mined templates are written out in comparisons of DurableId, too, whichever way round,
// in whatever case and under whatever name of the column: an id that was generalised is still the same line of code.
import type { NameBook, NameMeaning } from '../model/index.ts';
import { isColumnOf, mapCalls, type IdColumns } from './id-columns.ts';
import type { Expr } from './plan.ts';

type Call = Extract<Expr, { readonly k: 'call' }>;

export interface NamesUsed { readonly events: readonly string[]; readonly fields: readonly string[] }

export const noNames: NameBook = { events: {}, fields: {} };
/** The id of a template, as mining/ makes it. */
export const isMinedId = (id: string): boolean => /^t-[0-9a-f]{16}$/.test(id);

const durableIdColumn: Expr = { k: 'column', type: 'string', name: 'DurableId' };
const text = (value: string): Expr => ({ k: 'literal', type: 'string', value });
const attribute = (name: string): Expr => ({ k: 'member', type: 'dynamic', base: { k: 'column', type: 'dynamic', name: 'Attributes' }, key: text(name) });
/** What a name means, itself included; one that the book does not know means itself. The only way into a book: names come from anywhere, and
 *  `toString` is one of them. */
export function meaningsOf(book: NameBook['events'], name: string): readonly NameMeaning[] {
  const all = Object.hasOwn(book, name) ? book[name]! : [];
  if (all.some((one) => one.name === name && one.service === null)) return all;
  const itself = { name, service: null };
  // Names of a group share one list: each means itself wherever it occurs.
  const at = all.findIndex((one) => one.name === name);
  return at < 0 ? [...all, itself] : all.flatMap((one, i) => (i === at ? [itself] : one.name === name ? [] : [one]));
}
const stringOf = (expr: Expr | undefined): string | null => (expr?.k === 'literal' && typeof expr.value === 'string' ? expr.value : null);

/** What holds expressions (a Plan, one Expr, the plan of a machine, the key of a recorder) with every name written out as all that it means;
 *  the same object when it uses none. */
export function resolveNames<T>(holder: T, book: NameBook): T { return mapCalls(holder, (call, columns) => resolved(call, book, columns)) as T; }

/** The names that it uses by event(), field() and mined ids, each once. */
export function namesUsed(holder: unknown): NamesUsed {
  const events = new Set<string>();
  const fields = new Set<string>();
  mapCalls(holder, (call, columns) => {
    const name = stringOf(call.args[0]);
    if (name !== null && call.fn === 'event') events.add(name);
    if (name !== null && call.fn === 'field') fields.add(name);
    for (const id of comparison(call, columns)?.mined ?? []) events.add(id);
    return call;
  });
  return { events: [...events], fields: [...fields] };
}

function resolved(expr: Call, book: NameBook, columns: IdColumns): Expr {
  const name = stringOf(expr.args[0]);
  if (expr.fn === 'event' && name !== null) return isAny(durableIdColumn, meaningsOf(book.events, name), columns);
  if (expr.fn === 'field' && name !== null) return fieldOf(meaningsOf(book.fields, name).map((one) => one.name));
  const compared = comparison(expr, columns);
  if (compared === null || compared.mined.length === 0) return expr;
  const { column, mined, others, inAnyCase, not } = compared;
  const all = mined.flatMap((id) => meaningsOf(book.events, id));
  if (all.every(({ name: meant, service }) => service === null && mined.includes(meant))) return expr;
  return isAny(column, [...others.map((one) => ({ name: one, service: null })), ...all], columns, { inAnyCase, not });
}

interface Comparison {
  readonly column: Expr;
  /** Ids of templates, as mining writes them, and the other texts. */
  readonly mined: readonly string[]; readonly others: readonly string[];
  readonly inAnyCase: boolean; readonly not: boolean;
}

/** A durable id that is compared with nothing but texts; null for any other call. */
export function comparison({ fn, args }: Call, { ids }: IdColumns): Comparison | null {
  const says = Object.hasOwn(comparisons, fn) ? comparisons[fn] : undefined;
  const [first, ...rest] = args;
  if (says === undefined || first === undefined) return null;
  const isReversed = rest.length === 1 && !says.lists && !isColumnOf(first, ids);
  const [column, values] = isReversed ? [rest[0]!, [first]] : [first, rest];
  const texts = values.map(stringOf);
  if (!isColumnOf(column, ids) || !texts.every((text) => text !== null)) return null;
  const written = (text: string): string => (says.inAnyCase ? text.toLowerCase() : text);
  return {
    column, mined: texts.map(written).filter(isMinedId), others: texts.filter((text) => !isMinedId(written(text))), inAnyCase: says.inAnyCase, not: says.not,
  };
}

const comparisons: Readonly<Record<string, { readonly inAnyCase: boolean; readonly not: boolean; readonly lists: boolean } | undefined>> = {
  '==': { inAnyCase: false, not: false, lists: false }, '!=': { inAnyCase: false, not: true, lists: false }, '<>': { inAnyCase: false, not: true, lists: false },
  '=~': { inAnyCase: true, not: false, lists: false }, '!~': { inAnyCase: true, not: true, lists: false },
  in: { inAnyCase: false, not: false, lists: true }, '!in': { inAnyCase: false, not: true, lists: true }, 'in~': { inAnyCase: true, not: false, lists: true }, '!in~': { inAnyCase: true, not: true, lists: true },
};

interface Manner { readonly inAnyCase: boolean; readonly not: boolean }
const plainly: Manner = { inAnyCase: false, not: false };

/** Names that hold everywhere in one comparison; each of the others with its service, where the query still has that: without it they hold everywhere. */
function isAny(column: Expr, all: readonly NameMeaning[], { services }: IdColumns, manner = plainly): Expr {
  const [serviceName] = services;
  const everywhere = [...new Set(all.flatMap(({ name, service }) => (service === null || serviceName === undefined ? [name] : [])))];
  const alone = all.filter(({ name, service }) => service !== null && serviceName !== undefined && !everywhere.includes(name));
  const ofService = ({ name, service }: NameMeaning): Call => joined(!manner.not, isOneOf(column, [name], manner), { k: 'call', type: 'bool', fn: manner.not ? '!=' : '==', args: [{ k: 'column', type: 'string', name: serviceName! }, text(service!)] });
  return [...(everywhere.length > 0 ? [isOneOf(column, everywhere, manner)] : []), ...alone.map(ofService)].reduce((a, b) => joined(manner.not, a, b));
}

const joined = (isBoth: boolean, a: Expr, b: Expr): Call => ({ k: 'call', type: 'bool', fn: isBoth ? 'and' : 'or', args: [a, b] });

function isOneOf(column: Expr, names: readonly string[], { inAnyCase, not }: Manner): Call {
  const of = (one: string, list: string): string => (names.length > 1 ? list : one);
  const fn = inAnyCase ? (not ? of('!~', '!in~') : of('=~', 'in~')) : not ? of('!=', '!in') : of('==', 'in');
  return { k: 'call', type: 'bool', fn, args: [column, ...names.map(text)] };
}

const fieldOf = (names: readonly string[]): Expr => (names.length > 1 ? { k: 'call', type: 'dynamic', fn: 'coalesce', args: names.map(attribute) } : attribute(names[0]!));

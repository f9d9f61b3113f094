// Names that survive a rename, in a Plan: which ones it uses, and writing them out by a book of aliases. A Plan keeps `event("a")` and
// `field("a")` as calls, so that a rename needs no new compilation; who hands a Plan to an executor resolves them first. An executor that
// meets one all the same takes the name as it is. Ids of mined templates are written out in comparisons of DurableId, too: an id that was
// generalised is still the same line of code.
import type { NameBook, NameMeaning } from '../model/index.ts';
import type { Expr } from './plan.ts';

type Call = Extract<Expr, { readonly k: 'call' }>;

export interface NamesUsed { readonly events: readonly string[]; readonly fields: readonly string[] }

export const noNames: NameBook = { events: {}, fields: {} };
/** The id of a template, as mining/ makes it. */
export const isMinedId = (id: string): boolean => /^t-[0-9a-f]{16}$/.test(id);

const durableIdColumn: Expr = { k: 'column', type: 'string', name: 'DurableId' };
const serviceColumn: Expr = { k: 'column', type: 'string', name: 'ServiceName' };
const text = (value: string): Expr => ({ k: 'literal', type: 'string', value });
const attribute = (name: string): Expr => ({ k: 'member', type: 'dynamic', base: { k: 'column', type: 'dynamic', name: 'Attributes' }, key: text(name) });
const meanings = (book: Readonly<Record<string, readonly NameMeaning[]>>, name: string): readonly NameMeaning[] => (Object.hasOwn(book, name) ? book[name]! : [{ name, service: null }]);
const stringOf = (expr: Expr | undefined): string | null => (expr?.k === 'literal' && typeof expr.value === 'string' ? expr.value : null);

/** What holds expressions (a Plan, one Expr, the plan of a machine, the key of a recorder) with every name written out as all that it means;
 *  the same object when it uses none. */
export function resolveNames<T>(holder: T, book: NameBook): T { return mapCalls(holder, (call) => resolved(call, book)) as T; }

/** The names that it uses by event(), field() and mined ids, each once. */
export function namesUsed(holder: unknown): NamesUsed {
  const events = new Set<string>();
  const fields = new Set<string>();
  mapCalls(holder, (call) => {
    const name = stringOf(call.args[0]);
    if (name !== null && call.fn === 'event') events.add(name);
    if (name !== null && call.fn === 'field') fields.add(name);
    for (const id of minedIds(call)) events.add(id);
    return call;
  });
  return { events: [...events], fields: [...fields] };
}

function resolved(expr: Call, book: NameBook): Expr {
  const name = stringOf(expr.args[0]);
  if (expr.fn === 'event' && name !== null) return isAny(meanings(book.events, name));
  if (expr.fn === 'field' && name !== null) return fieldOf(meanings(book.fields, name).map((one) => one.name));
  const mined = minedIds(expr);
  const all = mined.flatMap((id) => meanings(book.events, id).map((one) => one.name));
  if (all.length === mined.length) return expr;
  const others = expr.args.slice(1).flatMap((arg) => { const id = stringOf(arg); return id === null || isMinedId(id) ? [] : [id]; });
  return isOneOf(expr.fn === '==' || expr.fn === 'in' ? 'in' : '!in', [...new Set([...others, ...all])]);
}

/** Mined ids that DurableId is compared with, in a call that names nothing but texts. */
function minedIds(expr: Call): readonly string[] {
  if (!['==', '!=', 'in', '!in'].includes(expr.fn)) return [];
  const [column, ...values] = expr.args;
  if (column?.k !== 'column' || column.name !== 'DurableId' || values.some((value) => stringOf(value) === null)) return [];
  return values.flatMap((value) => { const id = stringOf(value)!; return isMinedId(id) ? [id] : []; });
}

/** Names that hold everywhere in one comparison; each of the others with its service. */
function isAny(all: readonly NameMeaning[]): Expr {
  const everywhere = all.flatMap(({ name, service }) => (service === null ? [name] : []));
  const alone = all.flatMap(({ name, service }) => (service === null ? [] : [both(isOneOf('in', [name]), { k: 'call', type: 'bool', fn: '==', args: [serviceColumn, text(service)] })]));
  return [...(everywhere.length > 0 ? [isOneOf('in', everywhere)] : []), ...alone].reduce((a, b) => ({ k: 'call', type: 'bool', fn: 'or', args: [a, b] }));
}

const both = (a: Expr, b: Expr): Call => ({ k: 'call', type: 'bool', fn: 'and', args: [a, b] });
const isOneOf = (fn: 'in' | '!in', names: readonly string[]): Call => ({
  k: 'call', type: 'bool', fn: names.length > 1 ? fn : fn === 'in' ? '==' : '!=', args: [durableIdColumn, ...names.map(text)],
});
const fieldOf = (names: readonly string[]): Expr => (names.length > 1 ? { k: 'call', type: 'dynamic', fn: 'coalesce', args: names.map(attribute) } : attribute(names[0]!));

/** Bottom up through whatever holds calls; what did not change stays the same object, and literals are left alone. */
function mapCalls(node: unknown, change: (call: Call) => Expr): unknown {
  if (typeof node !== 'object' || node === null || (node as { readonly k?: unknown }).k === 'literal') return node;
  if (Array.isArray(node)) {
    const items = node.map((item) => mapCalls(item, change));
    return items.every((item, i) => item === node[i]) ? node : items;
  }
  const entries = Object.entries(node).map(([key, value]) => [key, mapCalls(value, change)] as const);
  const next: unknown = entries.every(([key, value]) => value === (node as Readonly<Record<string, unknown>>)[key]) ? node : Object.fromEntries(entries);
  return isCall(next) ? change(next) : next;
}

const isCall = (node: unknown): node is Call => { const { k, fn, args } = node as Partial<Call>; return k === 'call' && typeof fn === 'string' && Array.isArray(args); };

// Where a rule, a view or a recorder names events and fields: read from its compiled expressions, each event with the service that the
// conditions around it pin it to. Pure.
import { exprToKql, isMinedId, kqlTables, type Expr, type Operator, type PlanTable } from '../../../kql/index.ts';
import type { Signal } from '../../../model/index.ts';
import { testOf } from './name-test.ts';

type Call = Extract<Expr, { readonly k: 'call' }>;

export interface EventMention {
  /** As KQL. */
  readonly by: string;
  /** By event(), or an id of a template: it goes on to mean the same line of code under another name. */
  readonly follows: boolean;
  /** Exactly these names; `fits`: every name that it holds for. */
  readonly names: readonly string[]; readonly fits: ((name: string) => boolean) | null;
  /** Null: any. */
  readonly signal: Signal | null; readonly services: ReadonlySet<string> | null;
}
/** Attributes by their key; parts of other columns with the column in front: `Body.user.id`, `Resource.host.name`. */
export interface FieldMention { readonly name: string; readonly attribute: boolean; readonly by: string; readonly follows: boolean; /** Each time that it is said. */ readonly places: readonly FieldPlace[] }
export interface Mentions { readonly events: readonly EventMention[]; readonly fields: readonly FieldMention[] }
/** One place where a field is said: of which services, and of which event, by the conditions around it. All of them hold there; none: of any event. */
export interface FieldPlace { readonly follows: boolean; readonly services: ReadonlySet<string> | null; readonly events: readonly EventMention[] }

interface Around { readonly signal: Signal | null; readonly services: ReadonlySet<string> | null; readonly events: readonly EventMention[] }

const signalOf: Readonly<Record<PlanTable, Signal | null>> = { Logs: 'logs', Spans: 'spans', Metrics: 'metrics', source: null };
/** Columns that hold the name of an event, and of what. */
const nameColumns: Readonly<Record<string, Signal | null>> = { DurableId: null, EventName: 'logs', Name: 'spans', MetricName: 'metrics' };
const everyColumn: ReadonlySet<string> = new Set(kqlTables.flatMap(({ columns }) => columns.map(({ name }) => name)));

/** Of Plans, expressions, machines and whatever else holds them. `services`: those that the whole is for; null for all. */
export function mentionsOf(holder: unknown, services: ReadonlySet<string> | null = null): Mentions {
  const reader = new MentionReader();
  reader.read(holder, { signal: null, services, events: [] });
  return { events: reader.events, fields: [...reader.fields.values()] };
}

/** What a Plan pins ServiceName to in its conditions; null when to nothing. */
export function servicesOf(holder: unknown): ReadonlySet<string> | null {
  const operators = (holder as { readonly operators?: readonly Operator[] } | null)?.operators ?? [];
  return operators.reduce<ReadonlySet<string> | null>((services, operator) => (operator.op === 'where' ? narrowed(services, conjuncts(operator.predicate)) : services), null);
}

class MentionReader {
  readonly events: EventMention[] = [];
  readonly fields = new Map<string, FieldMention>();

  read(node: unknown, around: Around): void {
    if (typeof node !== 'object' || node === null) return;
    if (Array.isArray(node)) for (const item of node) this.read(item, around);
    else if (isExpr(node)) this.#expr(node, around);
    else if (isPipe(node)) this.#pipe(node, around);
    else for (const value of Object.values(node)) this.read(value, around);
  }

  #pipe({ table, operators }: { readonly table: PlanTable; readonly operators: readonly Operator[] }, around: Around): void {
    let now: Around = { ...around, signal: signalOf[table] ?? around.signal };
    for (const operator of operators) {
      if (operator.op === 'project-away' || operator.op === 'project-keep') for (const name of operator.columns) this.#column(name, operator.op, now);
      else if (operator.op === 'project-rename') for (const { from } of operator.columns) this.#column(from, operator.op, now);
      this.read(operator, now);
      if (operator.op === 'where') now = within(now, conjuncts(operator.predicate));
    }
  }

  /** A name that is no column of any table is an attribute's, or one that the query made: then nobody bears it. */
  #column(name: string, by: string, around: Around): void { if (!everyColumn.has(name)) this.#field({ name, attribute: true, by: `${by} ${name}`, follows: false }, around); }

  #expr(expr: Expr, around: Around): void {
    if (expr.k === 'call') this.#call(expr, around);
    else if (expr.k === 'member') this.#member(expr, around);
    else if (expr.k === 'column' && (expr.name === 'Body' || expr.name === 'Attributes' || expr.name === 'Resource')) this.#field({ name: expr.name, attribute: false, by: expr.name, follows: false }, around);
  }

  #call(call: Call, around: Around): void {
    if (call.fn === 'and') {
      const parts = conjuncts(call);
      const inner = within(around, parts);
      for (const part of parts) this.#expr(part, inner);
      return;
    }
    const name = textOf(call.args[0]);
    if (call.fn === 'field' && name !== null) this.#field({ name, attribute: true, by: exprToKql(call), follows: true }, around);
    else {
      const named = eventOf(call, around);
      if (named !== null) this.events.push(named);
      if ((call.fn === 'event' || call.fn === 'since') && named !== null) return;
      for (const arg of call.args) this.#expr(arg, around);
    }
  }

  #member(expr: Extract<Expr, { readonly k: 'member' }>, around: Around): void {
    const path: string[] = [];
    let base: Expr = expr;
    for (; base.k === 'member'; base = base.base) {
      const key = base.key.k === 'literal' ? String(base.key.value) : null;
      if (key === null) this.#expr(base.key, around);
      else path.unshift(key);
    }
    if (base.k !== 'column') { this.#expr(base, around); return; }
    // Of an attribute its key; what lies within its value has no name of its own.
    const attribute = base.name === 'Attributes';
    const name = path.length === 0 ? base.name : attribute ? path[0]! : [base.name, ...path].join('.');
    this.#field({ name, attribute: attribute && path.length > 0, by: exprToKql(expr), follows: false }, around);
  }

  #field(field: Omit<FieldMention, 'places'>, { services, events }: Around): void {
    const known = this.fields.get(field.name);
    const places = [...known?.places ?? [], { follows: field.follows, services, events }];
    this.fields.set(field.name, { ...(known === undefined || (known.follows && !field.follows) ? field : known), places });
  }
}

/** The events that a call names; null when it names none. */
function eventOf(call: Call, { signal, services }: Around): EventMention | null {
  const [by, name] = [exprToKql(call), textOf(call.args[0])];
  if ((call.fn === 'event' || call.fn === 'since') && name !== null) return { by, follows: call.fn === 'event', names: [name], fits: null, signal, services };
  const [first, ...rest] = literalLast(call.args);
  if (first?.k !== 'column' || !Object.hasOwn(nameColumns, first.name)) return null;
  const texts = rest.map(textOf);
  if (!texts.every((text) => text !== null)) return null;
  const test = testOf(call.fn, texts);
  return test === null ? null : { by, follows: first.name === 'DurableId' && test.fits === null && texts.every(isMinedId), ...test, signal: nameColumns[first.name] ?? signal, services };
}

/** What holds where all of these conditions do. */
function within(around: Around, parts: readonly Expr[]): Around {
  const now = { ...around, services: narrowed(around.services, parts) };
  const pins = parts.flatMap((part) => (part.k === 'call' && (part.fn === 'event' || part.fn === '==' || part.fn === 'in') ? eventOf(part, now) ?? [] : []));
  return pins.length === 0 ? now : { ...now, events: [...around.events, ...pins] };
}

const isExpr = (node: object): node is Expr => { const { k } = node as { readonly k?: unknown }; return k === 'call' || k === 'member' || k === 'column' || k === 'literal'; };
const isPipe = (node: object): node is { readonly table: PlanTable; readonly operators: readonly Operator[] } => { const { table, operators } = node as { readonly table?: unknown; readonly operators?: unknown }; return typeof table === 'string' && Object.hasOwn(signalOf, table) && Array.isArray(operators); };
const textOf = (expr: Expr | undefined): string | null => (expr?.k === 'literal' && typeof expr.value === 'string' ? expr.value : null);
const conjuncts = (expr: Expr): readonly Expr[] => (expr.k === 'call' && expr.fn === 'and' ? expr.args.flatMap(conjuncts) : [expr]);
/** Equality may be written either way round. */
const literalLast = (args: readonly Expr[]): readonly Expr[] => (args.length === 2 && args[0]!.k === 'literal' ? [args[1]!, args[0]!] : args);

function narrowed(services: ReadonlySet<string> | null, parts: readonly Expr[]): ReadonlySet<string> | null {
  return parts.reduce((now, part) => {
    const pinned = pinnedServices(part);
    return pinned === null ? now : now === null ? pinned : new Set([...now].filter((one) => pinned.has(one)));
  }, services);
}

function pinnedServices(expr: Expr): ReadonlySet<string> | null {
  if (expr.k !== 'call' || (expr.fn !== '==' && expr.fn !== 'in')) return null;
  const [first, ...rest] = literalLast(expr.args);
  const texts = rest.map(textOf);
  return first?.k === 'column' && first.name === 'ServiceName' && texts.every((text) => text !== null) ? new Set(texts) : null;
}

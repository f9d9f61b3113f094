// The Plan: what KQL text compiles to, what agents receive, what executors run. Serialisable JSON, versioned.
// Every expression node carries its KQL type as Microsoft's binder determined it.
//
// What the compiler promises to executors:
// - Names are resolved. In a rule or filter a `column` is a column of the table or one that an earlier operator made; an unknown bare
//   name in an expression is member(column Attributes, literal name). In `project-away`, `project-keep` and `project-rename` (from) a
//   name that is neither is the attribute of that name; `extend` and `project` of such a name make a column (`update()` writes it
//   back as an attribute). Wildcards are expanded. In a table query (`weir kql`) every unknown name is a column.
// - Operators are calls: `in`, `!in`, `in~`, `!in~`, `has_any`, `has_all` have args [value, item…] (dynamic array literals are
//   spread); `between`, `!between` have [value, low, high], both inclusive; `and`, `or` are binary; `not` and `negate` unary.
// - Sub-expressions of one `extend` or `project` see only the input row. `let` constants are inlined.
// - Expressions over aggregates (`sum(a) / count()`) became hidden aggregates, an extend and a project. Tabular `let` is inlined.
// - `targets` of a rule (mode targets) is a Plan over `source` with one `where` at most, over ServiceName, Resource and Agent; a bare
//   name is Resource["name"]. `Agent` is a dynamic of the agent's own attributes, the same for every record.
// - A guard of a state machine (mode guard) may also call since("EventName") and last("action"): timespans, null when never.
// - Functions of `let` are written out too; column_ifexists, bag_pack_columns, pack_all, percentiles, percentiles_array, percentilesw and older
//   names of aggregates never reach an executor. `typeof(long)` as an argument is the string literal "long". `datetime(now)` is now().
// - The source of `parse` is of type string. `distinct` only names columns: an expression in it became an `extend` in front.
// - In a table query, columns that are of different types in the legs of a `union` were renamed in each leg as KQL does: `n_long`, `n_string`.
// - `summarize` and `distinct` name every output column. `percentiles(x, a, b)` became one `percentile` per share. `arg_max`,
//   `arg_min` have args [by, value] and give one value each: `arg_max(t, b)` became t = [t, t] and b = [t, b]. `take_any` has [value].

/** Version 2 added parse, mv-expand, sample, union and dedup; every Plan of version 1 is one of version 2. */
export const planVersion = 2;

export type KqlType = 'bool' | 'int' | 'long' | 'real' | 'decimal' | 'string' | 'datetime' | 'timespan' | 'dynamic' | 'guid';

/** `source` is the name other OTLP KQL engines use: the table in hand. */
export type PlanTable = 'Logs' | 'Spans' | 'Metrics' | 'source';

export interface Plan {
  readonly version: typeof planVersion;
  readonly table: PlanTable;
  readonly operators: readonly Operator[];
  /** Null for a plain query (tail filter, `weir kql`). */
  readonly sink: Sink | null;
}

export type Operator =
  | { readonly op: 'where'; readonly predicate: Expr }
  | { readonly op: 'extend' | 'project'; readonly columns: readonly NamedExpr[] }
  | { readonly op: 'project-away' | 'project-keep'; readonly columns: readonly string[] }
  | { readonly op: 'project-rename'; readonly columns: readonly { readonly from: string; readonly to: string }[] }
  | { readonly op: 'summarize'; readonly aggregates: readonly Aggregate[]; readonly by: readonly NamedExpr[] }
  | { readonly op: 'distinct'; readonly by: readonly NamedExpr[] }
  | { readonly op: 'sort'; readonly by: readonly SortKey[] }
  | { readonly op: 'top'; readonly count: Expr; readonly by: readonly SortKey[] }
  | { readonly op: 'take'; readonly count: Expr }
  | { readonly op: 'count' }
  /** Any `count` rows, chosen at random: table queries only (a rule ends in the sink sample). */
  | { readonly op: 'sample'; readonly count: Expr }
  /** `parse` and `parse-where` (`keepOnlyParsed`). In mode regex the texts are RE2 patterns; relaxed keeps what did parse when a type did not. */
  | { readonly op: 'parse'; readonly source: Expr; readonly mode: 'simple' | 'regex' | 'relaxed'; readonly flags: string; readonly parts: readonly ParsePart[]; readonly keepOnlyParsed: boolean }
  /** One row per element; several columns expand side by side. `limit` is a constant, null for KQL's own bound. */
  | { readonly op: 'mv-expand'; readonly columns: readonly ExpandedColumn[]; readonly bag: 'bag' | 'array'; readonly indexColumn: string | null; readonly limit: Expr | null }
  /** The rows of this query so far, and those of each input. `Logs | union Spans` and `union Logs, Spans` are the same Plan. */
  | { readonly op: 'union'; readonly kind: 'outer' | 'inner'; readonly inputs: readonly SubQuery[]; readonly sourceColumn: string | null };

export type ParsePart =
  | { readonly part: 'text'; readonly text: string }
  | { readonly part: 'column'; readonly name: string; readonly type: KqlType }
  | { readonly part: 'skip' };

export interface ExpandedColumn { readonly name: string; readonly expr: Expr; readonly type: KqlType }
export interface SubQuery { readonly table: PlanTable; readonly operators: readonly Operator[] }

export interface NamedExpr { readonly name: string; readonly expr: Expr }
export interface SortKey { readonly expr: Expr; readonly descending: boolean; readonly nullsFirst: boolean }

export interface Aggregate {
  readonly name: string;
  /** Lower-case KQL aggregate name: count countif sum sumif avg min max dcount percentile stdev make_list make_set arg_max arg_min take_any … */
  readonly fn: string;
  readonly args: readonly Expr[];
  readonly type: KqlType;
}

export type Expr =
  /** `value` is JSON: bool, number, string, null; long beyond 2^53, datetime (Unix nanoseconds), timespan (nanoseconds) and decimal as decimal strings; real beyond JSON as "nan", "+inf", "-inf"; dynamic as the JSON value. */
  | { readonly k: 'literal'; readonly type: KqlType; readonly value: unknown }
  /** A column of the table, or one that an earlier operator made. Case-sensitive. */
  | { readonly k: 'column'; readonly type: KqlType; readonly name: string }
  /** `base.key` or `base["key"]` or `base[0]` on a dynamic. An unknown bare name `x` becomes member(column Attributes, "x"). */
  | { readonly k: 'member'; readonly type: 'dynamic'; readonly base: Expr; readonly key: Expr }
  /** Functions and operators alike. Operators use their KQL spelling: == != =~ !~ < <= > >= + - * / % and or not has !has has_cs in !in in~ between "matches regex" … unary minus is "negate". */
  | { readonly k: 'call'; readonly type: KqlType; readonly fn: string; readonly args: readonly Expr[] };

export type MaskMode = 'mask' | 'hash' | 'remove';

export type Sink =
  | { readonly sink: 'drop' }
  /** Keep `ratio` of the records, 0 < ratio <= 1, chosen by trace id. */
  | { readonly sink: 'sample'; readonly ratio: number }
  /** Keep the first record per window and key; it leaves when the window closes and carries the count. `key` names columns that are there before the sink. */
  | { readonly sink: 'dedup'; readonly windowNanos: string; readonly key: readonly string[] }
  | { readonly sink: 'update' }
  /** Detector names, or ["*"] for all. */
  | { readonly sink: 'redact'; readonly detectors: readonly string[]; readonly mode: MaskMode }
  | { readonly sink: 'to_metric'; readonly name: string; readonly unit: string; readonly keep: boolean }
  | { readonly sink: 'record'; readonly recorder: string; readonly tee: boolean }
  | { readonly sink: 'route'; readonly exporter: string };

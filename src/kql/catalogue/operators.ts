// The tabular operators: which Weir runs, which of them a streaming rule may use and why not, and the way round for those it does not run.
import type { CompileMode } from '../language.ts';

export interface OperatorDefinition {
  readonly name: string; readonly aliases?: readonly string[]; readonly syntax: string; readonly doc: string; readonly snippet: string;
  /** Why a stream cannot run it, and what to write instead; absent when it streams. */
  readonly notStreaming?: { readonly why: string; readonly instead: string };
}

export const operators: readonly OperatorDefinition[] = [
  { name: 'where', aliases: ['filter'], syntax: 'where predicate', doc: 'Keeps the rows for which the predicate is true.', snippet: 'where $0' },
  { name: 'extend', syntax: 'extend name = expression, …', doc: 'Adds columns, or replaces those of the same name. In front of update() this sets attributes and columns of the record.', snippet: 'extend $0' },
  { name: 'project', syntax: 'project column, name = expression, …', doc: 'Keeps these columns only, in this order.', snippet: 'project $0' },
  { name: 'project-away', syntax: 'project-away column, …', doc: 'Removes columns or attributes.', snippet: 'project-away $0' },
  { name: 'project-keep', syntax: 'project-keep column, …', doc: 'Keeps these columns and removes the rest.', snippet: 'project-keep $0' },
  { name: 'project-rename', syntax: 'project-rename new = old, …', doc: 'Renames columns or attributes.', snippet: 'project-rename $0' },
  { name: 'summarize', syntax: 'summarize name = aggregate(), … by column, …', doc: 'One row per group. In a rule it closes a window per bin(Timestamp, …) and feeds to_metric().', snippet: 'summarize $0' },
  { name: 'parse', syntax: 'parse column with "text" Name:type "text" …', doc: 'Takes columns out of text by the texts around them; kind=regex and kind=relaxed go before the column. Rows that do not fit get empty columns.', snippet: 'parse $0 with "" Name ""' },
  { name: 'parse-where', syntax: 'parse-where column with "text" Name:type "text" …', doc: 'The same as parse, and keeps only the rows that fit.', snippet: 'parse-where $0 with "" Name ""' },
  { name: 'mv-expand', aliases: ['mvexpand'], syntax: 'mv-expand Name = array to typeof(type), …', doc: 'One row per element. In a rule summarize must follow: one record cannot leave as several.', snippet: 'mv-expand $0' },
  { name: 'union', syntax: 'union Table, (Table | where …), …', doc: 'The rows of several tables. In a rule each table once, and only operators that stream in them.', snippet: 'union $0' },
  { name: 'invoke', syntax: 'invoke sink(…)', doc: 'Ends a rule: says what happens to the matched records.', snippet: 'invoke $0' },
  { name: 'distinct', syntax: 'distinct column, …', doc: 'One row per combination of values.', snippet: 'distinct $0', notStreaming: { why: 'it would have to remember every combination ever seen', instead: 'Count the combinations over time: | summarize Seen = count() by column, bin(Timestamp, 1m) | invoke to_metric("…")' } },
  { name: 'sort', aliases: ['order'], syntax: 'sort by column desc, …', doc: 'Orders rows; descending with nulls last unless said otherwise.', snippet: 'sort by $0', notStreaming: { why: 'no row is first before the last one has come, and a stream has no last one', instead: 'Leave it out: records keep the order in which they came.' } },
  { name: 'top', syntax: 'top n by column', doc: 'The first n rows by a column.', snippet: 'top 10 by $0', notStreaming: { why: 'the best n of a stream are never final', instead: 'Set a bound with where, or aggregate: | summarize Highest = max(column) by bin(Timestamp, 1m) | invoke to_metric("…")' } },
  { name: 'take', aliases: ['limit'], syntax: 'take n', doc: 'Any n rows.', snippet: 'take $0', notStreaming: { why: 'after the first n records the rule would be over for ever', instead: 'Keep a share instead: | invoke sample(0.01)' } },
  { name: 'sample', syntax: 'sample n', doc: 'Any n rows, chosen at random.', snippet: 'sample $0', notStreaming: { why: 'after the first n records the rule would be over for ever', instead: 'Keep a share instead: | invoke sample(0.01)' } },
  { name: 'count', syntax: 'count', doc: 'The number of rows.', snippet: 'count', notStreaming: { why: 'a stream never ends, so the number would never be known', instead: 'Count per window: | summarize Rows = count() by bin(Timestamp, 10s) | invoke to_metric("…")' } },
];

export const operatorByName: ReadonlyMap<string, OperatorDefinition> = new Map(operators.flatMap((operator) => [operator.name, ...(operator.aliases ?? [])].map((name) => [name, operator] as const)));

/** The nearest supported way for operators of KQL that Weir does not run. */
export const insteadOfOperator: Readonly<Record<string, string>> = {
  'join': 'Tables are not joined here. Put the condition into where, set the missing field at its source, or look it up in a dynamic literal with extend.',
  'lookup': 'Use extend with case(…) or a dynamic literal: extend Team = tostring(dynamic({"cart":"shop"})[ServiceName])',
  'sample-distinct': 'Group with summarize … by, then to_metric().',
  'top-nested': 'Use summarize … by.',
  'top-hitters': 'Use summarize count() by.',
  'make-series': 'Use summarize … by bin(Timestamp, 10s).',
  'parse-kv': 'Use extend with extract("key=([^ ]+)", 1, column).',
  'mv-apply': 'Use mv-expand, then where or summarize.',
  'project-reorder': 'The order of columns means nothing here; leave it out.',
  'search': 'Use where column has "word".',
  'find': 'Use where column has "word".',
  'evaluate': 'Plugins are not available; use summarize and extend.',
  'serialize': 'Leave it out.',
  'render': 'Leave it out; the console draws the result.',
  'as': 'Leave it out.',
  'getschema': 'Open the Events view for the fields of an event.',
  'reduce': 'Use summarize count() by.',
  'scan': 'Sequences of records belong in a state-machine rule.',
  'partition': 'Use summarize … by.',
  'print': 'Start from a table: Logs | …',
  'range': 'Start from a table: Logs | …',
  'datatable': 'Paste the rows as a sample into the dry run, or put a few values in a list: in ("a", "b").',
  'externaldata': 'Rules read nothing from elsewhere; put the values in a list: in ("a", "b").',
  'consume': 'Leave it out.', 'fork': 'Write one query for each branch.', 'facet': 'Use summarize count() by.',
  'graph-match': 'Sequences of records belong in a state-machine rule.', 'make-graph': 'Sequences of records belong in a state-machine rule.',
  'assert-schema': 'Leave it out.', 'macro-expand': 'Write the query out, or name it with let.', 'totable': 'Write the table where it is used.',
};

/** Operators that completion offers after a pipe. */
export function operatorsOf(mode: CompileMode): readonly OperatorDefinition[] {
  if (mode === 'targets' || mode === 'guard') return [];
  if (mode === 'filter') return operators.filter(({ name }) => name === 'where');
  if (mode === 'table') return operators.filter(({ name }) => name !== 'invoke');
  return operators.filter(({ notStreaming }) => notStreaming === undefined);
}

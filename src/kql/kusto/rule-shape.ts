// What a pipeline may look like: a streaming rule with exactly one sink at its end, a filter of where only, a table query without sink.
import type { Expr, Operator, Sink } from '../plan.ts';
import type { CompileMode } from '../language.ts';
import { operatorByName } from '../catalogue/operators.ts';
import type { Problems, Span } from './diagnostics.ts';
import type { Step, Steps } from './lower-query.ts';

export function checkShape(problems: Problems, query: Steps, mode: CompileMode): void {
  if (mode === 'rule') checkRule(problems, query);
  else if (mode === 'filter') checkFilter(problems, query.steps);
  else for (const { sink, span } of query.steps) if (sink !== undefined) problems.error(span, 'weir/no-sink-here', 'A query over rows has no sink.', 'Leave invoke out; sinks belong in rules.');
}

function checkFilter(problems: Problems, steps: readonly Step[]): void {
  for (const { operator, span, keyword } of steps) {
    if (operator?.op !== 'where') problems.error(span, 'weir/filter-only', `A filter only chooses records, and ${keyword} does more than that.`, 'Use where here; make a rule for the rest.');
  }
}

function checkRule(problems: Problems, { steps, table, end }: Steps): void {
  const sinkAt = steps.findIndex(({ sink }) => sink !== undefined);
  for (const step of steps) if (step.operator !== undefined) checkStreams(problems, step.operator, step.span, step.keyword);
  const last = steps[sinkAt];
  if (last?.sink === undefined) {
    problems.error({ start: end, end }, 'weir/no-sink', 'The rule does not say what happens to the records it matches.', 'End it with a sink: | invoke drop(), sample(0.1), update(), redact(), to_metric("name"), record("name") or route("name").');
    return;
  }
  for (const later of steps.slice(sinkAt + 1)) problems.error(later.span, 'weir/after-sink', later.sink === undefined ? 'Nothing can follow the sink.' : 'A rule has one sink.', later.sink === undefined ? 'Move this in front of invoke.' : 'Write a second rule for it.');
  const before = steps.slice(0, sinkAt).flatMap(({ operator, span }) => (operator === undefined ? [] : [{ operator, span }]));
  checkSummarize(problems, before, last.sink, last.span);
  checkUpdate(problems, before, last.sink, last.span, table.columns.filter(({ writable }) => !writable).map(({ name }) => name));
  if (last.sink.sink === 'drop' && before.every(({ operator }) => operator.op !== 'where')) problems.warn(last.span, 'weir/drops-all', `This drops every record of ${table.name}.`, 'Choose the records first: | where EventName == "…".');
}

function checkStreams(problems: Problems, operator: Operator, span: Span, keyword: string): void {
  const reason = operatorByName.get(operator.op)?.notStreaming;
  if (reason !== undefined) problems.error(span, 'weir/not-streaming', `${keyword} cannot run in a rule: ${reason.why}.`, reason.instead);
}

type Placed = readonly { readonly operator: Operator; readonly span: Span }[];
/** A span of time is emitted in the metric's unit. */
const measurable = new Set<string>(['int', 'long', 'real', 'decimal', 'timespan']);

function checkSummarize(problems: Problems, before: Placed, sink: Sink, sinkSpan: Span): void {
  const at = before.findIndex(({ operator }) => operator.op === 'summarize');
  const found = before[at];
  if (found === undefined) {
    if (sink.sink === 'to_metric') problems.error(sinkSpan, 'weir/to-metric', 'to_metric() emits what summarize computed, and there is no summarize.', 'Put one in front: | summarize Count = count() by ServiceName, bin(Timestamp, 10s).');
    return;
  }
  const after = before.slice(at + 1);
  for (const { operator, span } of after) if (operator.op === 'summarize') problems.error(span, 'weir/after-summarize', 'A rule has one summarize.', 'Compute everything in one, or write a second rule.');
  if (sink.sink !== 'to_metric') problems.error(sinkSpan, 'weir/after-summarize', `After summarize there are no records left for ${sink.sink}().`, 'End with to_metric("name"), or leave summarize out.');
  else if (found.operator.op === 'summarize' && !problems.failed) checkMetric(problems, found.operator, found.span, after.some(({ operator }) => operator.op.startsWith('project')));
}

function checkMetric(problems: Problems, operator: Extract<Operator, { op: 'summarize' }>, span: Span, projected: boolean): void {
  if (operator.aggregates.length === 0) problems.error(span, 'weir/to-metric', 'summarize has no aggregate, so there is nothing to emit.', 'Add one: | summarize Count = count() by …');
  for (const { name, fn, type } of operator.aggregates) {
    if (!projected && !measurable.has(type)) problems.error(span, 'weir/to-metric', `${name} = ${fn}(…) is of type ${type}; a metric holds numbers.`, 'Use count, countif, sum, sumif, avg, min, max, dcount, percentile or stdev of a number.');
  }
  if (!operator.by.some(({ expr }) => windowed(expr))) problems.hint(span, 'weir/window', 'No bin(Timestamp, …) says how long a window is, so it is 10 s.', 'Add it to by: bin(Timestamp, 10s).');
}

const windowed = (expr: Expr): boolean => expr.k === 'call' && (expr.fn === 'bin' || expr.fn === 'floor') && expr.args[0]?.k === 'column' && expr.type === 'datetime';

function checkUpdate(problems: Problems, before: Placed, sink: Sink, sinkSpan: Span, readOnly: readonly string[]): void {
  const changes = before.filter(({ operator }) => operator.op === 'extend' || operator.op.startsWith('project'));
  if (sink.sink === 'update') {
    if (changes.length === 0) problems.error(sinkSpan, 'weir/update', 'update() writes back changes, and nothing changes here.', 'Put extend, project-away, project-keep or project-rename in front of it.');
    for (const { operator, span } of changes) for (const name of written(operator)) if (readOnly.includes(name)) problems.error(span, 'weir/read-only', `${name} cannot be written: it is computed or belongs to the sender.`, 'Write an attribute of another name instead.');
    return;
  }
  if (sink.sink === 'to_metric') return;
  for (const { operator, span } of changes) if (operator.op !== 'extend') problems.warn(span, 'weir/no-effect', `${operator.op} changes no record here: ${sink.sink}() takes the record as it came.`, 'Only update() writes changes back.');
}

/** Columns that an operator would set, clear or rename; project and project-keep name what stays as it is. */
function written(operator: Operator): readonly string[] {
  switch (operator.op) {
    case 'extend': return operator.columns.map(({ name }) => name);
    case 'project': return operator.columns.filter(({ name, expr }) => expr.k !== 'column' || expr.name !== name).map(({ name }) => name);
    case 'project-away': return operator.columns;
    case 'project-rename': return operator.columns.flatMap(({ from, to }) => [from, to]);
    default: return [];
  }
}

// What a pipeline may look like: a streaming rule with exactly one sink at its end, a filter of where only, a table query without sink,
// one condition over agents and resources, one expression of a state machine.
import type { CompileMode } from '../language.ts';
import type { Expr, Operator, Sink } from '../plan.ts';
import type { Problems, Span } from './diagnostics.ts';
import { insertAt, type Fix } from './fixes.ts';
import type { Flow, Step } from './flow.ts';
import { checkStreaming } from './streaming.ts';

export function checkShape(problems: Problems, flow: Flow, mode: CompileMode, full: string): void {
  switch (mode) {
    case 'rule': checkRule(problems, flow, full); return;
    case 'filter': checkFilter(problems, flow.steps); return;
    case 'table': checkNoSink(problems, flow, 'A query over rows has no sink.', 'Leave invoke out; sinks belong in rules.'); return;
    default: checkOne(problems, flow, mode);
  }
}

const legsOf = (steps: readonly Step[]): readonly Flow[] => steps.flatMap((step) => (step.operator === undefined ? [] : (step.inputs ?? [])));

function checkNoSink(problems: Problems, { steps }: Flow, message: string, help: string): void {
  for (const { sink, span } of steps) if (sink !== undefined) problems.error(span, 'weir/no-sink-here', message, help);
  for (const leg of legsOf(steps)) checkNoSink(problems, leg, message, help);
}

function checkFilter(problems: Problems, steps: readonly Step[]): void {
  for (const { operator, span, keyword } of steps) {
    if (operator?.op !== 'where') problems.error(span, 'weir/filter-only', `A filter only chooses records, and ${keyword} does more than that.`, 'Use where here; make a rule for the rest.');
  }
}

/** The text is one expression: anything behind a pipe is too much. */
function checkOne(problems: Problems, { steps }: Flow, mode: 'targets' | 'guard'): void {
  const what = mode === 'targets' ? 'Targets are one condition' : 'A guard is one expression';
  for (const { span, keyword } of steps.slice(1)) problems.error(span, 'weir/one-expression', `${what}, and | starts the operator ${keyword}.`, 'Join conditions with and or or.');
  const [only] = steps;
  if (only?.operator?.op === 'extend' && only.operator.columns.length > 1) problems.error(only.span, 'weir/one-expression', `${what}, and a comma starts a second one.`, 'Join conditions with and or or.');
}

function checkRule(problems: Problems, flow: Flow, full: string): void {
  const { steps, table } = flow;
  const sinkAt = steps.findIndex(({ sink }) => sink !== undefined);
  checkStreaming(problems, flow, full);
  for (const leg of legsOf(steps)) checkNoSink(problems, leg, 'A table inside union has no sink of its own.', 'Put one invoke behind the union, or write a rule for each table.');
  const last = steps[sinkAt];
  if (last?.sink === undefined) { reportNoSink(problems, flow); return; }
  for (const later of steps.slice(sinkAt + 1)) problems.error(later.span, 'weir/after-sink', later.sink === undefined ? 'Nothing can follow the sink.' : 'A rule has one sink.', later.sink === undefined ? 'Move this in front of invoke.' : 'Write a second rule for it.');
  const before = placed(steps.slice(0, sinkAt));
  checkSummarize(problems, flow, before, last.sink, last.span);
  const legs = legsOf(steps);
  const readOnly = [table, ...legs.map((leg) => leg.table)].flatMap(({ columns }) => columns.filter(({ writable }) => !writable).map(({ name }) => name));
  checkUpdate(problems, [...before, ...legs.flatMap((leg) => placed(leg.steps))], last.sink, last.span, readOnly);
  const everything = [steps, ...legs.map((leg) => leg.steps)].filter((all) => all.every(({ operator }) => operator?.op !== 'where' && !(operator?.op === 'parse' && operator.keepOnlyParsed)));
  const whole = legs.length === 0 ? everything.length > 0 : everything.length === legs.length + 1;
  if (last.sink.sink === 'drop' && whole) problems.warn(last.span, 'weir/drops-all', `This drops every record of ${[table, ...legs.map((leg) => leg.table)].map(({ name }) => name).join(' and ')}.`, 'Choose the records first: | where EventName == "…".');
}

const sinkHelp = 'End it with a sink: | invoke drop(), sample(0.1), dedup(10s), update(), redact(), to_metric("name"), record("name") or route("name").';

function reportNoSink(problems: Problems, { steps, span: { end } }: Flow): void {
  const operators = steps.flatMap(({ operator }) => (operator === undefined ? [] : [operator.op]));
  const fitting = operators.includes('summarize') ? ['to_metric("records")'] : operators.some((op) => op === 'extend' || op.startsWith('project')) ? ['update()'] : ['drop()', 'sample(0.1)', 'record("recorder", tee=true)'];
  problems.error({ start: end, end }, 'weir/no-sink', 'The rule does not say what happens to the records it matches.', sinkHelp, fitting.map((sink) => insertAt(end, `\n| invoke ${sink}`, `End with ${sink}`)));
}

type Placed = readonly { readonly operator: Operator; readonly span: Span }[];
const placed = (steps: readonly Step[]): Placed => steps.flatMap(({ operator, span }) => (operator === undefined ? [] : [{ operator, span }]));
/** A span of time is emitted in the metric's unit. */
const measurable = new Set<string>(['int', 'long', 'real', 'decimal', 'timespan']);

function checkSummarize(problems: Problems, flow: Flow, before: Placed, sink: Sink, sinkSpan: Span): void {
  const at = before.findIndex(({ operator }) => operator.op === 'summarize');
  const found = before[at];
  if (found === undefined) {
    if (sink.sink === 'to_metric') problems.error(sinkSpan, 'weir/to-metric', 'to_metric() emits what summarize computed, and there is no summarize.', 'Put one in front: | summarize Count = count() by ServiceName, bin(Timestamp, 10s).', [insertAt(sinkSpan.start, 'summarize Count = count() by ServiceName, bin(Timestamp, 10s)\n| ', 'Put summarize in front')]);
    return;
  }
  const after = before.slice(at + 1);
  for (const { operator, span } of after) if (operator.op === 'summarize') problems.error(span, 'weir/after-summarize', 'A rule has one summarize.', 'Compute everything in one, or write a second rule.');
  for (const { operator, span } of after) if (operator.op === 'union' || operator.op === 'mv-expand' || operator.op === 'parse') problems.error(span, 'weir/after-summarize', `${operator.op} cannot follow summarize in a rule.`, 'Put it in front of summarize.');
  if (sink.sink !== 'to_metric') problems.error(sinkSpan, 'weir/after-summarize', `After summarize there are no records left for ${sink.sink}().`, 'End with to_metric("name"), or leave summarize out.');
  else if (found.operator.op === 'summarize' && !problems.failed) checkMetric(problems, flow, found.operator, found.span, after.some(({ operator }) => operator.op.startsWith('project')));
}

function checkMetric(problems: Problems, { scope }: Flow, operator: Extract<Operator, { op: 'summarize' }>, span: Span, projected: boolean): void {
  const groups = new Set(operator.by.map(({ name }) => name));
  const values = projected ? [...scope.columns].filter(([name]) => !groups.has(name)) : operator.aggregates.map(({ name, type }) => [name, type] as const);
  if (values.length === 0) problems.error(span, 'weir/to-metric', 'summarize has no aggregate, so there is nothing to emit.', 'Add one: | summarize Count = count() by …');
  for (const [name, type] of values) {
    if (!measurable.has(type) && !(projected && type === 'dynamic')) problems.error(span, 'weir/to-metric', `${name} is of type ${type}; a metric holds numbers.`, 'Use count, countif, sum, sumif, avg, min, max, dcount, percentile or stdev of a number.');
  }
  if (!operator.by.some(({ expr }) => windowed(expr))) problems.hint(span, 'weir/window', 'No bin(Timestamp, …) says how long a window is, so it is 10 s.', 'Add it to by: bin(Timestamp, 10s).', [windowFix(operator, span)]);
}

const windowFix = ({ by }: Extract<Operator, { op: 'summarize' }>, { end }: Span): Fix => insertAt(end, by.length === 0 ? ' by bin(Timestamp, 10s)' : ', bin(Timestamp, 10s)', 'Add bin(Timestamp, 10s)');
const windowed = (expr: Expr): boolean => expr.k === 'call' && (expr.fn === 'bin' || expr.fn === 'floor' || expr.fn === 'bin_at') && expr.args[0]?.k === 'column' && expr.type === 'datetime';

function checkUpdate(problems: Problems, before: Placed, sink: Sink, sinkSpan: Span, readOnly: readonly string[]): void {
  const changes = before.filter(({ operator }) => operator.op === 'extend' || operator.op === 'parse' || operator.op.startsWith('project'));
  if (sink.sink === 'update') {
    if (changes.length === 0) problems.error(sinkSpan, 'weir/update', 'update() writes back changes, and nothing changes here.', 'Put extend, project-away, project-keep or project-rename in front of it.');
    for (const { operator, span } of changes) for (const name of written(operator)) if (readOnly.includes(name)) problems.error(span, 'weir/read-only', `${name} cannot be written: it is computed or belongs to the sender.`, 'Write an attribute of another name instead.');
    return;
  }
  if (sink.sink === 'to_metric') return;
  for (const { operator, span } of changes) if (operator.op.startsWith('project')) problems.warn(span, 'weir/no-effect', `${operator.op} changes no record here: ${sink.sink}() takes the record as it came.`, 'Only update() writes changes back.');
}

/** Columns that an operator would set, clear or rename; project and project-keep name what stays as it is. */
function written(operator: Operator): readonly string[] {
  switch (operator.op) {
    case 'extend': return operator.columns.map(({ name }) => name);
    case 'parse': return operator.parts.flatMap((part) => (part.part === 'column' ? [part.name] : []));
    case 'project': return operator.columns.filter(({ name, expr }) => expr.k !== 'column' || expr.name !== name).map(({ name }) => name);
    case 'project-away': return operator.columns;
    case 'project-rename': return operator.columns.flatMap(({ from, to }) => [from, to]);
    default: return [];
  }
}

// What can run on a stream, operator by operator: why one cannot, what to write instead, and the edit where that is mechanical.
import { operatorByName } from '../catalogue/operators.ts';
import type { Operator } from '../plan.ts';
import type { Problems } from './diagnostics.ts';
import { removeOperator, replaceWith, type Fix } from './fixes.ts';
import type { Flow, Step } from './flow.ts';

export function checkStreaming(problems: Problems, flow: Flow, full: string): void {
  flow.steps.forEach((step, i) => {
    if (step.operator === undefined) return;
    const reason = operatorByName.get(step.operator.op)?.notStreaming;
    if (reason !== undefined) problems.error(step.span, 'weir/not-streaming', `${step.keyword} cannot run in a rule: ${reason.why}.`, reason.instead, mechanical(full, step.operator, step, flow.steps.slice(i + 1)));
    else if (step.operator.op === 'mv-expand') checkExpand(problems, step, flow.steps.slice(i + 1));
    else if (step.operator.op === 'union') checkUnion(problems, flow, step, full);
  });
}

/** One record cannot leave a rule as several; counted, they can. */
function checkExpand(problems: Problems, step: Step, later: readonly Step[]): void {
  if (later.some(({ operator }) => operator?.op === 'summarize')) return;
  problems.error(step.span, 'weir/not-streaming', 'mv-expand cannot run in a rule without summarize behind it: one record would have to leave as several.', 'Aggregate the elements: | summarize Count = count() by bin(Timestamp, 10s) | invoke to_metric("…"); or address one: Attributes["list"][0].');
}

/** Each leg is a stream of its own: another table, with nothing in it that has to wait. */
function checkUnion(problems: Problems, flow: Flow, step: Step & { readonly inputs?: readonly Flow[] }, full: string): void {
  const seen = new Set<string>([flow.table.name]);
  for (const leg of step.inputs ?? []) {
    const { name } = leg.table;
    if (seen.has(name)) problems.error(leg.span, 'weir/not-streaming', `union in a rule takes each table once, and ${name} stands in it twice: its records would count twice.`, `Join the conditions: ${name} | where (…) or (…).`);
    else if (name === 'source' || seen.has('source')) problems.error(leg.span, 'weir/not-streaming', 'union in a rule names tables, and source already is every table.', 'Start from source alone, or name Logs, Spans and Metrics.');
    seen.add(name);
    const summarize = leg.steps.find(({ operator }) => operator?.op === 'summarize');
    if (summarize !== undefined) problems.error(summarize.span, 'weir/not-streaming', 'summarize inside union cannot run in a rule: windows close for all tables together.', 'Put one summarize behind the union.');
    checkStreaming(problems, summarize === undefined ? { ...leg, steps: [...leg.steps, ...behind(flow, step)] } : leg, full);
  }
}

/** What follows the union follows each leg too. Only operators that a leg's own check looks for. */
const behind = (flow: Flow, step: Step): readonly Step[] => flow.steps.slice(flow.steps.indexOf(step) + 1).filter(({ operator }) => operator?.op === 'summarize');

/** The replacement, where it can be written without asking: nothing but a sink may follow. */
function mechanical(full: string, operator: Operator, step: Step, later: readonly Step[]): readonly Fix[] {
  const [next] = later;
  const last = next === undefined || next.sink !== undefined;
  const sink = (text: string): readonly Fix[] => (last ? [replaceWith({ start: step.span.start, end: next?.span.end ?? step.span.end }, text, `Write ${text.replace(/\s+/g, ' ')}`)] : []);
  switch (operator.op) {
    case 'sort': return [removeOperator(full, step.span, step.keyword)];
    case 'take': case 'sample': return next === undefined ? sink('invoke sample(0.01)') : [removeOperator(full, step.span, step.keyword)];
    case 'count': return sink('summarize Rows = count() by bin(Timestamp, 10s)\n| invoke to_metric("rows")');
    case 'distinct': return sink(`summarize Seen = count() by ${full.slice(step.span.start, step.span.end).replace(/^distinct\s+/, '')}, bin(Timestamp, 1m)\n| invoke to_metric("seen")`);
    default: return [];
  }
}

// A KQL filter over the ring. The engine's own predicate decides; a conjunct that reads one dictionary column
// (severity, service, durable id) is asked once per distinct value and remembered, so most rows cost array reads. The
// other conjuncts come last, and only for records whose bytes hold the text that they need.
import { failure, ok, type Clock, type Failure, type Result } from '../../../../base/index.ts';
import { compileFilter, requiredText } from '../../../../engine/index.ts';
import type { Expr, Plan } from '../../../../kql/index.ts';
import { signals, type Signal } from '../../../../model/index.ts';
import type { RequestView } from '../../../../otlp/index.ts';
import { conjunctsOf, onlyColumnOf, planOf } from './expressions.ts';
import { severityUnusual } from './row-reader.ts';
import type { RowRing } from './row-ring.ts';
import { scanAhead } from './scan-ahead.ts';

type Predicate = (view: RequestView, index: number) => boolean;
/** True when record `index` of the view, whose columns lie in `slot`, passes. */
export type RowTest = (view: RequestView, index: number, slot: number) => boolean;
/** One test per signal; a signal whose table the filter does not speak of matches nothing. */
export type RowFilter = Readonly<Record<Signal, RowTest | null>>;
type Remembered = 'severity' | 'service' | 'durable';

const rememberedColumns: Readonly<Record<Signal, Readonly<Record<string, Remembered>>>> = {
  logs: { SeverityNumber: 'severity', ServiceName: 'service', EventName: 'durable', DurableId: 'durable' },
  spans: { ServiceName: 'service', Name: 'durable', DurableId: 'durable' },
  metrics: { ServiceName: 'service', MetricName: 'durable', DurableId: 'durable' },
};

/** The plan as a row filter; an error when it fits no signal's table. `clock` answers now() and ago(). */
export function compileRowFilter(plan: Plan, ring: RowRing, clock: Clock): Result<RowFilter, Failure> {
  const tests: Record<Signal, RowTest | null> = { logs: null, spans: null, metrics: null };
  let error: Failure | null = null;
  for (const signal of signals) {
    if (plan.table !== 'source' && plan.table.toLowerCase() !== signal) continue;
    const test = compileTest(plan, signal, ring, clock);
    if (test.ok) tests[signal] = test.value; else error ??= test.error;
  }
  if (signals.some((signal) => tests[signal] !== null)) return ok(tests);
  return failure(error?.code ?? 'tail-filter', error?.message ?? `The filter names the table ${plan.table}, which the tail does not have.`, error?.help);
}

function compileTest(plan: Plan, signal: Signal, ring: RowRing, clock: Clock): Result<RowTest, Failure> {
  const whole = compileFilter(plan, signal, clock);
  if (!whole.ok) return whole;
  const conjuncts = conjunctsOf(plan);
  if (conjuncts === null || conjuncts.length === 0) return ok(whole.value);
  const tests: RowTest[] = [];
  const rest: Expr[] = [];
  for (const conjunct of conjuncts) {
    const column = rememberedColumns[signal][onlyColumnOf(conjunct) ?? ''];
    const predicate = column === undefined ? null : compileFilter(planOf(plan, [conjunct]), signal, clock);
    if (column !== undefined && predicate?.ok) tests.push(remember(column, predicate.value, ring)); else rest.push(conjunct);
  }
  if (rest.length > 0) {
    const predicate = compileFilter(planOf(plan, rest), signal, clock);
    if (!predicate.ok) return ok(whole.value);
    const text = requiredText(rest, signal);
    tests.push(text === null ? predicate.value : scanAhead(text, predicate.value));
  }
  return ok(allOf(tests));
}

function allOf(tests: readonly RowTest[]): RowTest {
  const [first, second] = tests;
  if (tests.length === 1) return first!;
  if (tests.length === 2) return (view, index, slot) => first!(view, index, slot) && second!(view, index, slot);
  return (view, index, slot) => tests.every((test) => test(view, index, slot));
}

/** Answers by distinct value: 0 not asked yet, 1 no, 2 yes. Values outside the dictionary are asked every time. */
function remember(column: Remembered, predicate: Predicate, ring: RowRing): RowTest {
  let answers = new Uint8Array(1024);
  return (view, index, slot) => {
    const value = ring[column][slot]!;
    if (value === 0 || (column === 'severity' && value === severityUnusual)) return predicate(view, index);
    if (value >= answers.length) answers = grown(answers, value);
    const answer = answers[value]!;
    if (answer !== 0) return answer === 2;
    const passes = predicate(view, index);
    answers[value] = passes ? 2 : 1;
    return passes;
  };
}

function grown(answers: Uint8Array<ArrayBuffer>, value: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(answers.length * 2, value + 1));
  larger.set(answers);
  return larger;
}

// A rule that ends in to_metric: from the steps of each signal to windows. A rule over one signal aggregates the record in
// place. One over several has one set of windows for all: each signal computes what the aggregates read into the same slots.
import type { Clock } from '../../base/index.ts';
import type { Expr, KqlType, Operator, Sink } from '../../kql/index.ts';
import type { Signal } from '../../model/index.ts';
import { CompileError, compileExpr, type Fn, type Frame } from '../expr/index.ts';
import { compileExpansion, RecordScope, type Binding, type Bindings, type Expansion, type RecordSteps, type Step } from '../record/index.ts';
import * as effects from './effects.ts';
import type { Holder, Released } from './holder.ts';
import type { Counters, Effect } from './live-rule.ts';
import { compilePoints, type PointMaker } from './metric-points.ts';
import { compileWindows, MetricWindows } from './windows.ts';

type MetricSink = Extract<Sink, { sink: 'to_metric' }>;
type Summarize = Extract<Operator, { op: 'summarize' }>;

export interface MetricRule {
  readonly holder: Holder;
  /** Per signal what lets a record through, and what takes it in. */
  readonly bySignal: ReadonlyMap<Signal, { readonly steps: Step; readonly effect: Effect }>;
}

/** What stands in front of summarize for one signal. */
interface Source { readonly bindings: Bindings; readonly slots: number; readonly rest: readonly Operator[]; readonly steps: Step; readonly expansion: Expansion | null }

/** Throws CompileError. */
export function compileMetricRule(sink: MetricSink, all: ReadonlyMap<Signal, RecordSteps>, counters: Counters, context: { readonly clock: Clock; readonly maxGroups: number; readonly recorded?: boolean }): MetricRule {
  const sources = new Map([...all].map(([signal, steps]) => [signal, sourceOf(steps, context.clock)]));
  const [first] = sources.values();
  const [summarize, ...after] = first?.rest ?? [];
  if (summarize?.op !== 'summarize') throw notSummarized(summarize);
  const shared = sources.size > 1 ? shareColumns(summarize, [...sources.values()], context.clock) : null;
  const plan = shared === null ? compileWindows(summarize, first!.bindings, context.clock, first!.expansion?.once) : compileWindows(shared.summarize, shared.bindings, context.clock);
  const windows = new MetricWindows(plan, context.maxGroups, context.recorded);
  const expansions = [...sources.values()].flatMap(({ expansion }) => expansion ?? []);
  return {
    holder: new MetricHolder(windows, compilePoints(sink, plan, after, context.clock), expansions),
    bySignal: new Map([...sources].map(([signal, source], i) => [signal, { steps: source.steps, effect: effects.toMetric(counters, windows, sink.keep, source.expansion, shared?.fill[i] ?? null) }])),
  };
}

function notSummarized(found: Operator | undefined): CompileError {
  const help = 'Write | summarize Count = count() by ServiceName, bin(Timestamp, 10s).';
  return found === undefined ? new CompileError('to_metric needs summarize before it.', help) : new CompileError(`${found.op} does not stream, so a rule cannot use it in front of summarize.`, help);
}

function sourceOf(steps: RecordSteps, clock: Clock): Source {
  if (steps.rest[0]?.op !== 'mv-expand') return { ...steps, steps: steps.run, expansion: null };
  const expansion = compileExpansion(steps.rest, steps.bindings, steps.slots, clock);
  return { bindings: expansion.bindings, slots: expansion.slots, rest: expansion.rest, expansion, steps: (frame) => steps.run(frame) && expansion.expand(frame) };
}

/** Summarize over slots that every signal fills by its own means. Constants stay where they are. */
function shareColumns(summarize: Summarize, sources: readonly Source[], clock: Clock): { readonly summarize: Summarize; readonly bindings: Bindings; readonly fill: readonly ((frame: Frame) => void)[] } {
  const base = Math.max(...sources.map(({ slots }) => slots));
  const exprs: Expr[] = [];
  const bindings = new Map<string, Binding>();
  const bind = (name: string, expr: Expr, type: KqlType): Expr => {
    bindings.set(name, { kind: 'slot', slot: base + exprs.push(expr) - 1, type });
    return { k: 'column', type, name };
  };
  bind('Timestamp', { k: 'column', type: 'datetime', name: 'Timestamp' }, 'datetime');
  const column = (expr: Expr): Expr => (expr.k === 'literal' ? expr : bind(` ${exprs.length}`, expr, expr.type));
  const isTime = (expr: Expr): boolean => expr.k === 'call' && (expr.fn === 'bin' || expr.fn === 'floor') && expr.args[0]?.type === 'datetime';
  const binned = summarize.by.find(({ expr }) => isTime(expr));
  const rewritten: Summarize = {
    op: 'summarize', aggregates: summarize.aggregates.map((one) => ({ ...one, args: one.args.map(column) })),
    by: summarize.by.map((key) => ({ name: key.name, expr: key === binned && key.expr.k === 'call' ? { ...key.expr, args: [column(key.expr.args[0]!), ...key.expr.args.slice(1)] } : column(key.expr) })),
  };
  return { summarize: rewritten, bindings, fill: sources.map((source) => filler(exprs, source, base, clock)) };
}

function filler(exprs: readonly Expr[], { bindings, expansion }: Source, base: number, clock: Clock): (frame: Frame) => void {
  const context = { scope: new RecordScope(bindings, clock, true, expansion?.once), clock };
  const nothing: Fn = () => null;
  const runs = exprs.map((expr) => (expr.k === 'column' && expr.name === 'Timestamp' && !bindings.has('Timestamp') ? nothing : compileExpr(expr, context).run));
  return (frame) => { for (let i = 0; i < runs.length; i++) frame.slots[base + i] = runs[i]!(frame); };
}

class MetricHolder implements Holder {
  readonly #windows: MetricWindows;
  readonly #maker: PointMaker;
  readonly #expansions: readonly Expansion[];

  constructor(windows: MetricWindows, maker: PointMaker, expansions: readonly Expansion[]) {
    this.#windows = windows;
    this.#maker = maker;
    this.#expansions = expansions;
  }

  get held(): number { return this.#windows.held; }
  get groups(): number { return this.#windows.groups; }
  get bytes(): number { return this.#windows.bytes; }
  get late(): number { return this.#windows.late; }
  /** Rows of the overflow group, and records of which not all rows were made. */
  get overflowed(): number { return this.#expansions.reduce((sum, one) => sum + one.cut(), this.#windows.overflowed); }

  release(nowUnixNano: bigint, all: boolean): Released {
    const closed = this.#windows.close(nowUnixNano, all);
    const points = closed.flatMap((window) => this.#maker.points(window));
    return { points, batches: [], made: points.length, windowMs: closed.length * Number(this.#windows.plan.sizeNanos / 1_000_000n) };
  }
}

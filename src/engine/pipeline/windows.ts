// to_metric: tumbling windows over event time, [start, start + size), where bin() puts them: counted from year 1, so that a size
// that does not divide a day starts where bin() starts it. The watermark is the wall clock less `latenessNanos`: a window closes
// once it has passed the window's end, so no sender's clock, however fast, closes it for the others. None opens that starts before
// the last one to close by the wall clock: a record of such a time, or of a window that has closed, is counted as late and joins the
// oldest that may open. So no more than (60 s + lateness) / size + 3 are open after a flush, whatever times senders write,
// and all together have room for `maxGroups` groups.
import { compileAggregate, RowGroups, streamLimits, type CompiledAggregate, type GroupRoom } from '../aggregate/index.ts';
import type { Clock } from '../../base/index.ts';
import type { Expr, NamedExpr, Operator } from '../../kql/index.ts';
import type { Value } from '../../otlp/index.ts';
import { CompileError, compileExpr, constantOf, type Fn, type Frame, type Row } from '../expr/index.ts';
import { RecordScope, type Bindings, type OncePerRecord } from '../record/index.ts';
import { binDatetime, nanosPerDay } from '../values/index.ts';

/** How long after its end a window waits for records that were on their way. */
export const latenessNanos = 2_000_000_000n;
const defaultWindowNanos = 10_000_000_000n;
/** An event time further ahead of the wall clock than this is a wrong clock: the record counts as of now. */
const maxAheadNanos = 60_000_000_000n;

type Summarize = Extract<Operator, { op: 'summarize' }>;

export interface WindowResult { readonly startUnixNano: bigint; readonly endUnixNano: bigint; readonly rows: readonly { readonly row: Row; readonly overflow: boolean }[] }

export interface WindowPlan {
  readonly aggregates: readonly CompiledAggregate[];
  readonly keyNames: readonly string[];
  readonly keys: readonly Fn[];
  readonly eventTime: Fn;
  readonly sizeNanos: bigint;
  readonly binName: string | null;
}

const timeBin = (expr: Expr): { readonly time: Expr; readonly size: Expr } | null => {
  const [time, size] = expr.k === 'call' && (expr.fn === 'bin' || expr.fn === 'floor') ? expr.args : [];
  return time?.type === 'datetime' && size !== undefined ? { time, size } : null;
};

/** Throws CompileError. The first `bin(datetime, size)` in `by` makes the windows; without one they are 10 s of Timestamp. */
export function compileWindows(summarize: Summarize, bindings: Bindings, clock: Clock, once: OncePerRecord | null = null): WindowPlan {
  const context = { scope: new RecordScope(bindings, clock, true, once), clock };
  const binned = summarize.by.find((key) => timeBin(key.expr) !== null);
  const others = summarize.by.filter((key) => key !== binned);
  return {
    aggregates: summarize.aggregates.map((aggregate) => compileAggregate(aggregate, context, streamLimits)),
    keyNames: others.map((key) => key.name), keys: others.map((key) => compileExpr(key.expr, context).run),
    binName: binned?.name ?? null, ...windowOf(binned, context),
  };
}

function windowOf(binned: NamedExpr | undefined, context: Parameters<typeof compileExpr>[1]): Pick<WindowPlan, 'eventTime' | 'sizeNanos'> {
  const bin = binned === undefined ? null : timeBin(binned.expr);
  if (bin === null) return { eventTime: context.scope.column('Timestamp')?.run ?? (() => null), sizeNanos: defaultWindowNanos };
  const size = compileExpr(bin.size, context);
  const nanos = size.constant ? constantOf(size) : null;
  if (typeof nanos !== 'bigint' || nanos < 1_000_000n || nanos > nanosPerDay) throw new CompileError('The window of a metric must be a constant between 1 ms and 1 day.', 'Write bin(Timestamp, 10s): longer spans are for whoever stores the points to sum up.');
  return { eventTime: compileExpr(bin.time, context).run, sizeNanos: nanos };
}

interface Window { readonly groups: RowGroups; taken: number }

export class MetricWindows {
  readonly plan: WindowPlan;
  readonly #room: GroupRoom;
  readonly #recorded: boolean;
  readonly #open = new Map<bigint, Window>();
  readonly #keys: Value[] = [];
  #lastStart = -1n;
  #last: Window | null = null;
  /** Nothing that starts before this may open any more. */
  #closedUpTo = 0n;
  late = 0;
  /** Of windows that have closed. */
  #overflowed = 0;

  /** `recorded`: the clock says nothing about the records, so any window may open. */
  constructor(plan: WindowPlan, maxGroups: number, recorded = false) {
    this.plan = plan;
    this.#room = { left: maxGroups };
    this.#recorded = recorded;
  }

  /** Records that only an open window still holds; they are lost if the process dies. */
  get held(): number {
    let held = 0;
    for (const window of this.#open.values()) held += window.taken;
    return held;
  }

  /** Groups and their memory in all open windows; rows so far that had to join an overflow group. */
  get groups(): number { return this.#sum((groups) => groups.size); }
  get bytes(): number { return this.#sum((groups) => groups.bytes); }
  get overflowed(): number { return this.#overflowed + this.#sum((groups) => groups.overflowed); }

  #sum(of: (groups: RowGroups) => number): number {
    let total = 0;
    for (const { groups } of this.#open.values()) total += of(groups);
    return total;
  }

  /** `taken`: the record itself goes no further. */
  add(frame: Frame, nowUnixNano: bigint, taken: boolean): void {
    const { plan } = this;
    const given = plan.eventTime(frame);
    const time = typeof given === 'bigint' && given <= nowUnixNano + maxAheadNanos ? given : nowUnixNano;
    // The wall clock was set back: what had closed by the old time must not hold up the present.
    if (this.#closedUpTo > nowUnixNano + maxAheadNanos) this.#closedUpTo = binDatetime(nowUnixNano, plan.sizeNanos);
    for (let i = 0; i < plan.keys.length; i++) this.#keys[i] = plan.keys[i]!(frame);
    const window = this.#windowAt(binDatetime(time, plan.sizeNanos), nowUnixNano);
    window.groups.add(this.#keys, frame);
    if (taken) window.taken++;
  }

  #windowAt(start: bigint, nowUnixNano: bigint): Window {
    if (this.#last !== null && start === this.#lastStart) return this.#last;
    const window = this.#open.get(start) ?? this.#opened(start, nowUnixNano);
    if (this.#open.get(start) === window) { this.#last = window; this.#lastStart = start; }
    return window;
  }

  /** The window of that start, or for a record that comes too late the oldest that may open. */
  #opened(start: bigint, nowUnixNano: bigint): Window {
    const oldest = this.#oldest(nowUnixNano);
    if (start < oldest) this.late++;
    const from = start < oldest ? oldest : start;
    let window = this.#open.get(from);
    if (window === undefined) this.#open.set(from, (window = { groups: new RowGroups(this.plan.aggregates, this.#room), taken: 0 }));
    return window;
  }

  /** The least start of a window that may open. */
  #oldest(nowUnixNano: bigint): bigint {
    const { sizeNanos } = this.plan;
    const byClock = this.#recorded ? 0n : binDatetime(nowUnixNano - latenessNanos, sizeNanos) - sizeNanos;
    return byClock > this.#closedUpTo ? byClock : this.#closedUpTo;
  }

  /** Windows that are due, oldest first; every open one when `all`. One further ahead than any record may be was opened before the clock was set back. */
  close(nowUnixNano: bigint, all: boolean): readonly WindowResult[] {
    const isDue = (start: bigint): boolean => all || start + this.plan.sizeNanos + latenessNanos <= nowUnixNano || start > nowUnixNano + maxAheadNanos;
    const starts = [...this.#open.keys()].filter(isDue).sort((a, b) => (a < b ? -1 : 1));
    return starts.map((start) => {
      const { groups } = this.#open.get(start)!;
      this.#open.delete(start);
      this.#overflowed += groups.overflowed;
      this.#room.left += groups.size;
      const end = start + this.plan.sizeNanos;
      if (end > this.#closedUpTo) this.#closedUpTo = end;
      this.#last = null;
      return { startUnixNano: start, endUnixNano: end, rows: this.#rows(groups, start) };
    });
  }

  #rows(groups: RowGroups, start: bigint): WindowResult['rows'] {
    const { plan } = this;
    return [...groups].map((group) => {
      const row: [string, Value][] = plan.keyNames.map((name, i) => [name, group.keys?.[i] ?? null]);
      if (plan.binName !== null) row.push([plan.binName, start]);
      group.accumulators.forEach((accumulator, i) => row.push([plan.aggregates[i]!.name, accumulator.value()]));
      return { row: Object.fromEntries(row), overflow: group.keys === null };
    });
  }
}

// One `Profile` of a trace and its `ProfileChunk`s, as V8's sampling profiler streams them: nodes that name their parent, samples that
// name a node, microseconds between samples. Nodes come before the samples that use them.
import { FloatColumn, IntColumn, type ProfileBuilder } from '../../build/index.ts';
import { takeGaps } from '../../gaps/index.ts';
import { none } from '../../model.ts';
import { asNumber, asRecord, asRecords } from '../json/index.ts';
import { isRoot, v8Function } from '../v8-call-frame.ts';

export class TraceProfile {
  readonly pid: number;
  /** The thread that was sampled. */
  readonly tid: number;
  readonly #builder: ProfileBuilder;
  readonly #stackOfNode = new Map<number, number>();
  readonly #stacks = new IntColumn();
  readonly #lines = new IntColumn();
  /** Microseconds. */
  readonly #times = new FloatColumn();
  #now: number;

  constructor(builder: ProfileBuilder, pid: number, tid: number, startMicros: number) {
    this.#builder = builder;
    this.pid = pid;
    this.tid = tid;
    this.#now = startMicros;
  }

  addChunk(data: Readonly<Record<string, unknown>>): void {
    const cpuProfile = asRecord(data['cpuProfile']);
    for (const node of asRecords(cpuProfile['nodes'])) this.#addNode(node);
    this.#addSamples(numbers(cpuProfile['samples']), numbers(data['timeDeltas'] ?? cpuProfile['timeDeltas']), numbers(data['lines'] ?? cpuProfile['lines']));
  }

  /** Gives the samples to the builder, as cpuprofile/ weighs them: each by the time to the next, the last by the average, less what nobody sampled. */
  finish(thread: number, weight: number): void {
    const { count } = this.#times;
    const order = Uint32Array.from({ length: count }, (_, row) => row).sort((left, right) => this.#times.at(left) - this.#times.at(right) || left - right);
    const average = count > 1 ? (this.#times.at(order[count - 1]!) - this.#times.at(order[0]!)) / (count - 1) : 0;
    const nanos = Float64Array.from(order, (row, i) => (i + 1 < count ? this.#times.at(order[i + 1]!) - this.#times.at(row) : average) * 1000);
    const gaps = takeGaps(nanos);
    for (let i = 0, gap = 0; i < count; i++) {
      const row = order[i]!;
      const stack = this.#stacks.at(row);
      this.#builder.sample(stack, thread, this.#times.at(row) * 1000);
      this.#builder.weigh(weight, nanos[i]!);
      if (gaps?.sample[gap] === i) this.#builder.gapAfter(weight, gaps.nanos[gap++]!);
      if (this.#lines.at(row) > 0 && stack !== none) this.#builder.tick(stack, this.#lines.at(row));
    }
  }

  #addNode(node: Readonly<Record<string, unknown>>): void {
    const id = asNumber(node['id']);
    const parentId = asNumber(node['parent']);
    if (Number.isNaN(parentId) && isRoot(node['callFrame'])) { this.#stackOfNode.set(id, none); return; }
    const parent = Number.isNaN(parentId) ? none : this.#stackOfNode.get(parentId);
    if (parent === undefined) this.#builder.leaveOut('Call frames whose caller is not in the trace, shown as first callers');
    this.#stackOfNode.set(id, this.#builder.stack(parent ?? none, this.#builder.frame(v8Function(this.#builder, node['callFrame']))));
  }

  #addSamples(samples: readonly number[], deltas: readonly number[], lines: readonly number[]): void {
    for (let i = 0; i < samples.length; i++) {
      const stack = this.#stackOfNode.get(samples[i]!);
      const delta = deltas[i];
      if (delta === undefined || !Number.isFinite(delta)) { this.#builder.leaveOut('Samples without a time, left out'); continue; }
      this.#now += delta;
      if (stack === undefined) { this.#builder.leaveOut('Samples of a call frame that is not in the trace, left out'); continue; }
      this.#stacks.push(stack);
      this.#times.push(this.#now);
      this.#lines.push(lines[i] ?? 0);
    }
  }
}

const numbers = (value: unknown): readonly number[] => (Array.isArray(value) ? value.map(asNumber) : []);

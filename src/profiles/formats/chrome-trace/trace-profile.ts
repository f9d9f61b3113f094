// One `Profile` of a trace and its `ProfileChunk`s, as V8's sampling profiler streams them: nodes that name their parent, samples that
// name a node, microseconds between samples. A trace holds the buffers of its threads one after the other, so the event that begins the
// profile, and chunks among themselves, may come in any order: they are kept in columns and read by their times at the end.
import { FloatColumn, IntColumn, type ProfileBuilder } from '../../build/index.ts';
import { findGaps, median } from '../../gaps/index.ts';
import { none } from '../../model.ts';
import { asNumber, asRecord, asRecords } from '../json/index.ts';
import { isRoot, v8Function } from '../v8-call-frame.ts';

interface Chunk { readonly ts: number; readonly nodes: number; readonly samples: number }
interface Timed { readonly stacks: IntColumn; readonly lines: IntColumn; readonly micros: FloatColumn }

/** In place of a frame: the root. */
const rootFrame = -1;
/** Longer than any recording. */
const mostMicros = 1e15;

export class TraceProfile {
  readonly pid: number;
  /** The thread that was sampled; that of the first chunk until the profile's own event is there. */
  tid: number;
  /** Its own event was there. */
  begun = false;
  readonly #builder: ProfileBuilder;
  #startMicros = NaN;
  #endMicros = Infinity;
  /** Each begins where its columns were that long. */
  readonly #chunks: Chunk[] = [];
  readonly #nodeId = new FloatColumn();
  readonly #nodeParent = new FloatColumn();
  readonly #nodeFrame = new IntColumn();
  readonly #sampleNode = new FloatColumn();
  readonly #delta = new FloatColumn();
  readonly #line = new IntColumn();

  constructor(builder: ProfileBuilder, pid: number, tid: number) {
    this.#builder = builder;
    this.pid = pid;
    this.tid = tid;
  }

  /** The event that begins it; a second one of the same id says nothing more. */
  begin(tid: number, startMicros: number): void {
    if (this.begun) return;
    this.begun = true;
    this.tid = tid;
    this.#startMicros = startMicros;
  }

  /** ts: when the chunk was written, microseconds; none (0, NaN): right after the one before. */
  addChunk(ts: number, data: Readonly<Record<string, unknown>>): void {
    const cpuProfile = asRecord(data['cpuProfile']);
    this.#chunks.push({ ts: ts > 0 ? ts : this.#chunks.at(-1)?.ts ?? 0, nodes: this.#nodeId.count, samples: this.#delta.count });
    for (const node of asRecords(cpuProfile['nodes'])) this.#keepNode(node);
    this.#keepSamples(numbers(cpuProfile['samples']), numbers(data['timeDeltas'] ?? cpuProfile['timeDeltas']), numbers(data['lines'] ?? cpuProfile['lines']));
    const end = asNumber(data['endTime'] ?? cpuProfile['endTime']);
    if (Number.isFinite(end)) this.#endMicros = end;
  }

  /** Gives the samples to the builder, as cpuprofile/ weighs them: each by the time to the next, the last by the median, up to the end at most. */
  finish(thread: number, weight: number): void {
    const timed = this.#timed();
    const { stacks, micros, lines } = timed;
    const order = Uint32Array.from({ length: micros.count }, (_, row) => row).sort((left, right) => micros.at(left) - micros.at(right) || left - right);
    const { nanos, usual } = this.#untilNext(timed, order);
    const gaps = findGaps(nanos, usual, (row) => stacks.at(order[row]!) === none ? none : this.#builder.functionOfStack(stacks.at(order[row]!)));
    for (let i = 0, gap = 0; i < order.length; i++) {
      const row = order[i]!;
      this.#builder.sample(stacks.at(row), thread, micros.at(row) * 1000);
      this.#builder.weigh(weight, nanos[i]!);
      if (gaps?.sample[gap] === i) this.#builder.gapAfter(weight, gaps.nanos[gap++]!);
      if (lines.at(row) > 0 && stacks.at(row) !== none) this.#builder.tick(stacks.at(row), lines.at(row));
    }
  }

  #untilNext({ micros }: Timed, order: Uint32Array): { readonly nanos: Float64Array; readonly usual: number } {
    const last = order.length - 1;
    const nanos = Float64Array.from(order, (row, i) => (i < last ? (micros.at(order[i + 1]!) - micros.at(row)) * 1000 : 0));
    const usual = last > 0 ? median(nanos.subarray(0, last)) : 0;
    if (last > 0) nanos[last] = Math.min(usual, Math.max(0, (this.#endMicros - micros.at(order[last]!)) * 1000));
    return { nanos, usual };
  }

  #keepNode(node: Readonly<Record<string, unknown>>): void {
    const parent = asNumber(node['parent']);
    this.#nodeId.push(asNumber(node['id']));
    this.#nodeParent.push(parent);
    this.#nodeFrame.push(Number.isNaN(parent) && isRoot(node['callFrame']) ? rootFrame : this.#builder.frame(v8Function(this.#builder, node['callFrame'])));
  }

  #keepSamples(samples: readonly number[], deltas: readonly number[], lines: readonly number[]): void {
    for (let i = 0; i < samples.length; i++) {
      const delta = deltas[i] ?? NaN;
      if (!(Math.abs(delta) <= mostMicros)) { this.#builder.leaveOut('Samples without a time, left out'); continue; }
      this.#sampleNode.push(samples[i]!);
      this.#delta.push(delta);
      this.#line.push(lines[i] ?? 0);
    }
  }

  /** Chunk by chunk in the order they were written in. */
  #timed(): Timed {
    const timed: Timed = { stacks: new IntColumn(), lines: new IntColumn(), micros: new FloatColumn() };
    const stackOfNode = new Map<number, number>();
    const order = [...this.#chunks.keys()].sort((left, right) => this.#chunks[left]!.ts - this.#chunks[right]!.ts || left - right);
    let now = Number.isNaN(this.#startMicros) ? this.#chunks[order[0] ?? 0]?.ts ?? 0 : this.#startMicros;
    for (const at of order) {
      const [from, end] = [this.#chunks[at]!, this.#chunks[at + 1] ?? { nodes: this.#nodeId.count, samples: this.#delta.count }];
      for (let node = from.nodes; node < end.nodes; node++) this.#placeNode(node, stackOfNode);
      for (let sample = from.samples; sample < end.samples; sample++) {
        now += this.#delta.at(sample);
        const stack = stackOfNode.get(this.#sampleNode.at(sample));
        if (stack === undefined) { this.#builder.leaveOut('Samples of a call frame that is not in the trace, left out'); continue; }
        timed.stacks.push(stack);
        timed.micros.push(now);
        timed.lines.push(this.#line.at(sample));
      }
    }
    return timed;
  }

  #placeNode(node: number, stackOfNode: Map<number, number>): void {
    const [id, parentId, frame] = [this.#nodeId.at(node), this.#nodeParent.at(node), this.#nodeFrame.at(node)];
    if (frame === rootFrame) { stackOfNode.set(id, none); return; }
    const parent = Number.isNaN(parentId) ? none : stackOfNode.get(parentId);
    if (parent === undefined) this.#builder.leaveOut('Call frames whose caller is not in the trace, shown as first callers');
    stackOfNode.set(id, this.#builder.stack(parent ?? none, frame));
  }
}

const numbers = (value: unknown): readonly number[] => (Array.isArray(value) ? value.map(asNumber) : []);

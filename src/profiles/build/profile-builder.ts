// What every importer writes into: strings, functions, frames and stacks are kept once, samples are appended. Ids are row numbers, so a
// parent stack always stands before its children. Bounds throw BuilderFull, which importers turn into a Failure.
import { none, type LineTicks, type Profile, type ProfileFormat, type SampleGaps, type ThreadInfo, type WeightColumn } from '../model.ts';
import { packageOf } from '../package-of.ts';
import { FloatColumn, IntColumn } from './columns.ts';
import { PairIndex } from './pair-index.ts';
import { orderByTime, reordered } from './sample-order.ts';

/** A profile is larger than a computer's memory would like: a message for a person. */
export class BuilderFull extends Error {}

const maxStacks = 1 << 25;
const maxSamples = 1 << 26;
const maxThreads = 65_535;
/** What is looked at of a path to tell its package: data: URLs run to megabytes. */
const maxPath = 1024;

interface Weight { readonly name: string; readonly unit: WeightColumn['unit']; readonly unitText: string; readonly each: number; readonly values: FloatColumn }
export interface ProfileFacts {
  readonly format: ProfileFormat;
  readonly name: string;
  /** Row of `weight`; 0 when left out. */
  readonly defaultWeight?: number;
  readonly startUnixMs?: number | null;
  readonly durationNanos?: number | null;
  /** On the clock of the samples' times, the moment of `startUnixMs`; the first sample's when left out. */
  readonly startNanos?: number;
}

export class ProfileBuilder {
  readonly #strings: string[] = [];
  readonly #stringRows = new Map<string, number>();
  /** A function is (name, file) at (line, column). */
  readonly #names = new PairIndex();
  readonly #places = new PairIndex();
  readonly #functions = new PairIndex();
  readonly #frames = new PairIndex();
  readonly #stacks = new PairIndex();
  readonly #sampleStack = new IntColumn();
  readonly #sampleThread = new IntColumn();
  readonly #time = new FloatColumn();
  readonly #counts = new FloatColumn();
  readonly #gaps = new FloatColumn();
  #gapWeight = 0;
  readonly #threads: ThreadInfo[] = [];
  readonly #threadRows = new Map<string, number>();
  readonly #weights: Weight[] = [];
  readonly #ticks = new PairIndex();
  readonly #tickCounts = new IntColumn();
  readonly #notes: string[] = [];
  readonly #leftOut = new Map<string, number>();

  get sampleCount(): number { return this.#sampleStack.count; }

  string(text: string): number {
    const known = this.#stringRows.get(text);
    if (known !== undefined) return known;
    this.#stringRows.set(text, this.#strings.length);
    return this.#strings.push(text) - 1;
  }

  /** Name as people read it; `file` null when not known; line and column 1-based, 0 when not known. */
  function(name: string, file: string | null, line = 0, column = 0): number {
    const called = this.#names.row(this.string(name), file === null || file === '' ? none : this.string(file));
    return this.#functions.row(called, this.#places.row(place(line), place(column)));
  }

  /** A function at the line that was running (1-based; 0: not known). */
  frame(functionRow: number, line = 0): number { return this.#frames.row(functionRow, place(line)); }

  /** The stack of `parent` (`none`: empty) with one frame more. */
  stack(parent: number, frame: number): number {
    const row = this.#stacks.row(parent, frame);
    if (row >= maxStacks) throw new BuilderFull(`It holds more than ${maxStacks.toLocaleString('en')} different stacks`);
    return row;
  }

  /** Row of the function that a stack ends in. */
  functionOfStack(stack: number): number { return this.#frames.first(this.#stacks.second(stack)); }

  /** A thread is its ids where the file tells them (its newest name stays), else its name. */
  thread(name: string, processId: number | null = null, threadId: number | null = null): number {
    const key = threadId === null ? `${processId} ${name}` : `${processId}/${threadId}`;
    const known = this.#threadRows.get(key);
    if (known !== undefined) {
      if (this.#threads[known]!.threadId === threadId) this.#threads[known] = { name, processId, threadId };
      return known;
    }
    if (this.#threads.length === maxThreads - 1) this.#threads.push({ name: 'other threads', processId: null, threadId: null });
    const row = this.#threads.length === maxThreads ? maxThreads - 1 : this.#threads.push({ name, processId, threadId }) - 1;
    this.#threadRows.set(key, row);
    return row;
  }

  /** Declares a weight; a sample that is never weighed in it weighs 0, unless none is: then each weighs `each`. */
  weight(name: string, unit: WeightColumn['unit'], unitText: string = unit, each = 1): number {
    return this.#weights.push({ name, unit, unitText, each, values: new FloatColumn() }) - 1;
  }

  /** Appends a sample: its leaf stack (`none`: empty), its thread's row, nanoseconds on the file's clock (NaN: not known). */
  sample(stack: number, thread = 0, time = NaN): number {
    const row = this.#sampleStack.count;
    if (row >= maxSamples) throw new BuilderFull(`It holds more than ${maxSamples.toLocaleString('en')} samples`);
    this.#sampleStack.push(stack);
    this.#sampleThread.push(thread);
    this.#time.push(time);
    return row;
  }

  /** The newest sample's weight; a value that is no number counts as 0. */
  weigh(weight: number, value: number): void {
    const { values } = this.#weights[weight]!;
    values.padTo(this.#sampleStack.count, 0);
    values.set(this.#sampleStack.count - 1, Number.isFinite(value) ? value : 0);
  }

  /** So many nanoseconds at the end of the newest sample's `weight` nobody sampled. */
  gapAfter(weight: number, nanos: number): void {
    this.#gapWeight = weight;
    this.#gaps.padTo(this.#sampleStack.count, 0);
    this.#gaps.set(this.#sampleStack.count - 1, nanos);
  }

  /** Weighs every sample at once, for formats that know their weights only at the end: of `weights[which(sample)]`, none when that is -1. */
  weighAll(weights: readonly number[], which: (sample: number) => number, value: (sample: number) => number): void {
    const columns = weights.map((weight) => this.#weights[weight]!.values);
    for (const column of columns) column.padTo(this.#sampleStack.count, 0);
    for (let sample = 0; sample < this.#sampleStack.count; sample++) {
      const given = value(sample);
      if (Number.isFinite(given)) columns[which(sample)]?.set(sample, given);
    }
  }

  /** How many samples of the source the newest sample stands for. */
  counted(samples: number): void {
    this.#counts.padTo(this.#sampleStack.count, 1);
    this.#counts.set(this.#sampleStack.count - 1, samples);
  }

  /** `samples` more of a stack were running at this line of its leaf. */
  tick(stack: number, line: number, samples = 1): void {
    const row = this.#ticks.row(stack, line);
    if (row === this.#tickCounts.count) this.#tickCounts.push(samples);
    else this.#tickCounts.set(row, this.#tickCounts.at(row) + samples);
  }

  note(text: string): void { this.#notes.push(text); }
  /** Counts one thing that the profile goes without; told as "what: number". */
  leaveOut(what: string, count = 1): void { this.#leftOut.set(what, (this.#leftOut.get(what) ?? 0) + count); }

  finish(facts: ProfileFacts): Profile {
    const times = this.#time.finish();
    const timed = times.length > 0 && !times.some(Number.isNaN);
    const thread = this.#sampleThread.finish();
    const order = timed ? orderByTime(times, thread) : null;
    const ordered = reordered(times, order);
    const start = timed ? startOf(ordered, facts.startNanos) : 0;
    const time = timed ? ordered.map((at) => at - start) : null;
    // A sample from before the moment that the file calls its start.
    const earlier = timed && facts.startNanos !== undefined ? (facts.startNanos - start) / 1e6 : 0;
    return {
      format: facts.format, name: facts.name, strings: this.#strings, ...this.#tables(),
      samples: {
        count: times.length, stack: reordered(this.#sampleStack.finish(), order), time,
        thread: this.#threads.length > 1 ? Uint16Array.from(reordered(thread, order)) : null,
        counts: this.#finishCounts(order),
      },
      threads: this.#threads.length > 0 ? this.#threads : [{ name: 'all threads', processId: null, threadId: null }],
      weights: this.#finishWeights(order), defaultWeight: facts.defaultWeight ?? 0, lineTicks: this.#finishTicks(), gaps: this.#finishGaps(order),
      startUnixMs: typeof facts.startUnixMs === 'number' ? facts.startUnixMs - earlier : null, durationNanos: facts.durationNanos ?? lastTime(time),
      notes: [...this.#notes, ...Array.from(this.#leftOut, ([what, count]) => `${what}: ${count.toLocaleString('en')}`)],
    };
  }

  #tables(): Pick<Profile, 'functions' | 'frames' | 'stacks'> {
    const packages = this.#packages();
    const of = (index: PairIndex, side: 'first' | 'second', rows: Int32Array): Int32Array => rows.map((row) => index[side](row));
    const [called, placed] = [this.#functions.finishFirst(), this.#functions.finishSecond()];
    return {
      functions: {
        count: this.#functions.count, package: packages, name: of(this.#names, 'first', called), file: of(this.#names, 'second', called),
        line: of(this.#places, 'first', placed), column: of(this.#places, 'second', placed),
      },
      frames: { count: this.#frames.count, function: this.#frames.finishFirst(), line: this.#frames.finishSecond() },
      stacks: { count: this.#stacks.count, parent: this.#stacks.finishFirst(), frame: this.#stacks.finishSecond() },
    };
  }

  #packages(): Int32Array {
    const rows = new Int32Array(this.#functions.count);
    for (let row = 0; row < rows.length; row++) {
      const called = this.#functions.first(row);
      const file = this.#names.second(called);
      rows[row] = this.string(packageOf(file === none ? null : this.#strings[file]!.slice(0, maxPath), this.#strings[this.#names.first(called)]!));
    }
    return rows;
  }

  #finishCounts(order: Uint32Array | null): Float64Array | null {
    if (this.#counts.count === 0) return null;
    this.#counts.padTo(this.#sampleStack.count, 1);
    return reordered(this.#counts.finish(), order);
  }

  #finishWeights(order: Uint32Array | null): WeightColumn[] {
    return this.#weights.map(({ name, unit, unitText, each, values }) => {
      if (values.count > 0) values.padTo(this.#sampleStack.count, 0);
      return { name, unit, unitText, each, values: values.count === 0 ? null : reordered(values.finish(), order) };
    });
  }

  #finishGaps(order: Uint32Array | null): SampleGaps | null {
    if (this.#gaps.count === 0) return null;
    this.#gaps.padTo(this.#sampleStack.count, 0);
    const after = reordered(this.#gaps.finish(), order);
    const sample = Int32Array.from(after.keys()).filter((row) => after[row]! > 0);
    return { weight: this.#gapWeight, sample, nanos: Float64Array.from(sample, (row) => after[row]!) };
  }

  #finishTicks(): LineTicks | null {
    if (this.#ticks.count === 0) return null;
    return { count: this.#ticks.count, stack: this.#ticks.finishFirst(), line: this.#ticks.finishSecond(), ticks: this.#tickCounts.finish() };
  }
}

/** Lines and columns beyond 31 bits are no places. */
const place = (value: number): number => (value > 0 && value <= 0x7fff_ffff ? Math.trunc(value) : 0);

/** The given one, or the first sample's where that is earlier. */
function startOf(time: Float64Array, given: number | undefined): number {
  const first = time.reduce((least, value) => (value < least ? value : least), Infinity);
  return given !== undefined && given <= first ? given : first;
}

function lastTime(time: Float64Array | null): number | null {
  return time === null ? null : time.reduce((most, value) => (value > most ? value : most), 0);
}

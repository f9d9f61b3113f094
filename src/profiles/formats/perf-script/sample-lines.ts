// The lines of `perf script` into samples. A sample ends at a blank line, at the next header, or at the end of the text.
import { decodeUtf8 } from '../../../base/index.ts';
import { FloatColumn, IntColumn, type ProfileBuilder } from '../../build/index.ts';
import { none } from '../../model.ts';
import { ByteIndex } from '../text/index.ts';
import { isFrameLine, perfFrame } from './frame-line.ts';
import { perfHeader, type PerfHeader } from './header-line.ts';

/** Kinds of events that get a weight of their own. */
const maxEvents = 32;
/** Events whose period is in nanoseconds. */
const clock = /^(?:cpu|task)-clock\b/;

/** What `perf script --show-task-events`, `--show-mmap-events` and the like write among the samples. */
const isRecord = ({ event, rest }: PerfHeader): boolean => event.startsWith('PERF_RECORD_') || rest.startsWith('PERF_RECORD_');

export class SampleLines {
  readonly #builder: ProfileBuilder;
  readonly #events = new Map<string, number>();
  readonly #eventOf = new IntColumn();
  readonly #periods = new FloatColumn();
  readonly #bytes: Uint8Array;
  readonly #places: ByteIndex;
  /** By row of `#places`: the function of a line that is a frame, else `none`. */
  readonly #functionOf = new IntColumn();
  #header: PerfHeader | null = null;
  /** From the leaf on. */
  readonly #frames: { readonly function: number; line: number }[] = [];

  constructor(builder: ProfileBuilder, bytes: Uint8Array) {
    this.#builder = builder;
    this.#bytes = bytes;
    this.#places = new ByteIndex(bytes);
  }

  /** The line bytes[from, to). */
  line(from: number, to: number): void {
    const first = this.#bytes[from];
    if (from === to || first === 0x23) return from === to ? this.#end() : undefined;
    if (this.#header !== null && (first === 0x20 || first === 0x09)) {
      const called = this.#place(from, to);
      if (called !== none) { this.#frames.push({ function: called, line: 0 }); return; }
    }
    this.#otherLine(decodeUtf8(this.#bytes, from, to));
  }

  #otherLine(text: string): void {
    if (text.trim() === '') return this.#end();
    if (this.#header !== null && this.#sourceLine(text)) return;
    const header = perfHeader(text);
    if (header === null) return this.#builder.leaveOut('Lines that are neither a sample nor a place in a stack, left out');
    this.#end();
    if (isRecord(header)) return this.#builder.leaveOut("Events of perf's own that are no samples (new processes, mapped files), left out");
    this.#header = header;
    const called = header.rest === '' ? none : this.#function(header.rest);
    if (called !== none) this.#frames.push({ function: called, line: 0 });
  }

  /** Stacks repeat the same few thousand lines, so each is taken apart once. */
  #place(from: number, to: number): number {
    const row = this.#places.row(from, to);
    if (row < this.#functionOf.count) return this.#functionOf.at(row);
    const text = decodeUtf8(this.#bytes, from, to);
    const called = isFrameLine(text) ? this.#function(text) : none;
    this.#functionOf.push(called);
    return called;
  }

  #function(text: string): number {
    const frame = perfFrame(text);
    return frame === null ? none : this.#builder.function(frame.name, frame.file, frame.line, frame.column);
  }

  /** The last sample, and the weights: the row of the one to show first. */
  finish(): number {
    this.#end();
    return this.#weights();
  }

  /** The source line of the frame above (`-F +srcline`). False: the line may be a header. */
  #sourceLine(text: string): boolean {
    const above = this.#frames.at(-1);
    const line = /^\s+\S.*:(\d{1,9})$/.exec(text)?.[1];
    if (above === undefined || line === undefined) return false;
    above.line = Number(line);
    return true;
  }

  #end(): void {
    if (this.#header === null) return;
    const { comm, pid, tid, seconds, period, event } = this.#header;
    const thread = this.#builder.thread(comm || (tid === null ? 'all threads' : `thread ${tid}`), pid, tid);
    // Seconds with six or nine decimals: rounding keeps whole nanoseconds.
    this.#builder.sample(this.#stack(), thread, Math.round(seconds * 1e9));
    this.#eventOf.push(this.#eventRow(event));
    this.#periods.push(period);
    this.#header = null;
    this.#frames.length = 0;
  }

  #stack(): number {
    const builder = this.#builder;
    let stack = none;
    for (let at = this.#frames.length - 1; at >= 0; at--) {
      const { function: called, line } = this.#frames[at]!;
      stack = builder.stack(stack, builder.frame(called, line));
    }
    return stack;
  }

  #eventRow(event: string): number {
    const name = event || 'period';
    const known = this.#events.get(name);
    if (known !== undefined) return known;
    if (this.#events.size === maxEvents) this.#builder.note(`More than ${maxEvents} kinds of events; the periods of the others are left out.`);
    const row = this.#events.size < maxEvents ? this.#events.size : -1;
    this.#events.set(name, row);
    return row;
  }

  /** Several events without periods are told apart by their counts. */
  #weights(): number {
    const samples = this.#builder.weight('samples', 'count');
    const periods = this.#periods.finish();
    const withPeriods = periods.some((period) => !Number.isNaN(period));
    if (!withPeriods && this.#events.size < 2) return samples;
    const events = this.#eventOf.finish();
    const rows = [...this.#events].filter(([, row]) => row >= 0).map(([name]) => (!withPeriods ? this.#builder.weight(name, 'count') : clock.test(name) ? this.#builder.weight(name, 'nanoseconds') : this.#builder.weight(name, 'other', 'events')));
    this.#builder.weighAll(rows, (sample) => events[sample]!, (sample) => (withPeriods ? periods[sample]! : 1));
    const only = [...this.#events.keys()];
    return withPeriods && only.length === 1 && clock.test(only[0]!) ? rows[0]! : samples;
  }
}

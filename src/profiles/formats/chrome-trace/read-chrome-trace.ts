// CPU samples out of a Chrome trace: DevTools "Performance" saves, chrome://tracing, the protocol's Tracing domain and what is built on it,
// recorded with V8's profiler category. Every `Profile` event is one sampled thread; its chunks may be written by another.
// https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU (Trace Event Format)
import type { Result } from '../../../base/index.ts';
import { ProfileBuilder } from '../../build/index.ts';
import type { Profile } from '../../model.ts';
import { FormatFault, guarded } from '../fault.ts';
import { asNumber, asRecord, asText } from '../json/index.ts';
import { eachTraceEvent, type TraceEvent } from './trace-events.ts';
import { TraceProfile } from './trace-profile.ts';

/** The moment that a save's metadata calls its start. */
const started = 'TracingStartedInBrowser';
const wanted = new Set([started, 'Profile', 'ProfileChunk', 'thread_name', 'process_name']);

/** Weights `time` and `samples`; one thread a sampled thread. Any size: the file is walked as bytes. */
export function readChromeTrace(bytes: Uint8Array, name: string, progress?: (share: number) => void): Result<Profile> {
  return guarded(name, 'a Chrome trace', () => {
    const trace = new Trace();
    const { events, unclosed, startTime, firstMicros } = eachTraceEvent(bytes, wanted, (event) => { trace.add(event); }, progress);
    const { builder } = trace;
    if (unclosed) builder.note(`The trace has no closing bracket: whoever wrote it was interrupted. Its ${events.toLocaleString('en')} events were read.`);
    trace.finish();
    if (builder.sampleCount === 0) throw new FormatFault('empty', `none of its ${events.toLocaleString('en')} events is a CPU sample`, 'Record with the category disabled-by-default-v8.cpu_profiler, as the Performance panel of DevTools does.');
    const startUnixMs = Date.parse(startTime);
    const startMicros = trace.startMicros ?? firstMicros;
    return builder.finish({ format: 'chrome-trace', name, ...(!Number.isNaN(startUnixMs) && { startUnixMs, ...(startMicros !== null && { startNanos: startMicros * 1000 }) }) });
  });
}

class Trace {
  readonly builder = new ProfileBuilder();
  /** When the recording began, on the trace's clock; null when no event says so. */
  startMicros: number | null = null;
  readonly #profiles = new Map<string, TraceProfile>();
  readonly #threadNames = new Map<string, string>();
  readonly #processNames = new Map<number, string>();

  add(event: TraceEvent): void {
    const { name, pid, tid, ts, args } = event;
    const data = asRecord(args['data']);
    if (name === 'thread_name') this.#threadNames.set(`${pid} ${tid}`, asText(args['name']));
    else if (name === 'process_name') this.#processNames.set(pid, asText(args['name']));
    else if (name === started) this.startMicros ??= Number.isFinite(ts) ? ts : null;
    else if (name === 'Profile') this.#profileOf(event).begin(tid, asNumber(data['startTime']) || ts || 0);
    else this.#profileOf(event).addChunk(ts, data);
  }

  finish(): void {
    const cpu = this.builder.weight('time', 'nanoseconds');
    this.builder.weight('samples', 'count');
    for (const profile of this.#profiles.values()) {
      const { pid, tid, begun } = profile;
      if (!begun) this.builder.leaveOut('Threads whose event that begins a profile is missing, so that thread and start are guessed from its first samples');
      const thread = this.builder.thread(this.#nameOf(pid, tid), Number.isNaN(pid) ? null : pid, Number.isNaN(tid) ? null : tid);
      profile.finish(thread, cpu);
    }
  }

  /** A trace kept in a ring may have lost the event that began a profile, and it may stand behind its first chunks. */
  #profileOf({ pid, tid, id }: TraceEvent): TraceProfile {
    const key = `${pid} ${id}`;
    const known = this.#profiles.get(key);
    if (known !== undefined) return known;
    const profile = new TraceProfile(this.builder, pid, tid);
    this.#profiles.set(key, profile);
    return profile;
  }

  #nameOf(pid: number, tid: number): string {
    const thread = this.#threadNames.get(`${pid} ${tid}`) || `thread ${tid}`;
    const process = this.#processNames.get(pid);
    return process ? `${process}: ${thread}` : thread;
  }
}

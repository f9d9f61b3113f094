// Runs every request through the rules and performs what the engine decided: hands batches to exporters, bytes to tails, and
// counts. Synchronous: when `accept` returns, the request is in a queue or was refused.
import { failure, ok, type Clock, type Failure, type Result } from '../../base/index.ts';
import type { DisabledRule, OutBatch, Pipeline, ProcessResult } from '../../engine/index.ts';
import type { Signal } from '../../model/index.ts';
import type { PartialSuccess } from '../../otlp/index.ts';
import { createScanner } from '../../redaction/index.ts';
import type { Counts } from './counts.ts';

export interface Accepted {
  /** Null when all was taken. */
  readonly partial: PartialSuccess | null;
  /** Somebody still reads the request's bytes: they must not be used again. */
  readonly keepsBytes: boolean;
}

/** Where receivers put requests. */
export interface Intake {
  /** The bytes, and the memory that they lie in, are the agent's from now on, unless it says that it keeps none of them.
   *  The error's code is `agent.internal` when the fault is ours; anything else means that the bytes are malformed. */
  accept(signal: Signal, bytes: Uint8Array): Result<Accepted>;
  /** A request that never reached the rules. */
  refused(why: 'malformed' | 'tooLarge' | 'other'): void;
}

export interface TailTaps {
  wants(signal: Signal): { readonly in: boolean; readonly out: boolean };
  offer(signal: Signal, stage: 'in' | 'out', bytes: Uint8Array): void;
}

export interface RuntimeOptions {
  readonly pipeline: Pipeline;
  /** `isSole`: nobody else reads the batch's bytes, nor anything else in their memory. */
  readonly send: (batch: OutBatch & { readonly isSole: boolean }) => PartialSuccess | null;
  readonly taps: TailTaps;
  readonly counts: Counts;
  readonly clock: Clock;
  /** Told by how many the records in open metric windows have changed, before their senders get an answer. */
  readonly onHeld?: (delta: number) => void;
  /** Told at once which rules turned themselves off. */
  readonly onDisabled?: (rules: readonly DisabledRule[]) => void;
}

const flushEveryMs = 1000;

export class PipelineRuntime implements Intake {
  readonly #options: RuntimeOptions;
  #timer: NodeJS.Timeout | null = null;
  #held = 0;
  /** The last fault of our own, for the health report. */
  lastFault: Failure | null = null;

  constructor(options: RuntimeOptions) { this.#options = options; }

  start(): void { this.#timer = setInterval(() => this.flush(false), flushEveryMs); }

  /** Closes all windows: what rules have gathered so far goes to the exporters. */
  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.flush(true);
  }

  accept(signal: Signal, bytes: Uint8Array): Result<Accepted> {
    const { counts } = this.#options;
    const accepted = this.#process(signal, bytes, true, (received) => {
      counts.received[signal] += received;
      counts.received.bytes += bytes.length;
      counts.received.requests++;
    });
    if (!accepted.ok) this.refused(accepted.error.code === 'agent.internal' ? 'other' : 'malformed');
    return accepted;
  }

  /** Records that the agent or a rule made: through all rules, redaction first. */
  emit(signal: Signal, bytes: Uint8Array): void { this.#process(signal, bytes, false, (received) => { this.#options.counts.emitted += received; }); }

  /** `isOurs`: whoever gave the bytes leaves them to us. */
  #process(signal: Signal, bytes: Uint8Array, isOurs: boolean, count: (received: number) => void): Result<Accepted> {
    const { pipeline, taps } = this.#options;
    const result = this.#guard(() => pipeline.process(signal, bytes, taps.wants(signal)));
    if (!result.ok) return result;
    count(result.value.received);
    this.#count(result.value);
    if (result.value.tapIn !== null) taps.offer(signal, 'in', result.value.tapIn);
    if (result.value.tapOut !== null) taps.offer(signal, 'out', result.value.tapOut);
    this.#tellHeld();
    this.#tellDisabled();
    return ok({ partial: this.#sendAll(result.value.out, isOurs ? result.value : null), keepsBytes: keeps(result.value, bytes) });
  }

  refused(why: 'malformed' | 'tooLarge' | 'other'): void {
    const { refused } = this.#options.counts;
    refused.requests++;
    if (why !== 'other') refused[why]++;
  }

  flush(all: boolean): void {
    const { pipeline, clock, counts, taps } = this.#options;
    const batches = this.#guard(() => ok(pipeline.flush(clock.nowUnixNano(), all)));
    if (!batches.ok) return;
    for (const { signal, bytes, records } of batches.value) {
      counts.emitted += records;
      if (taps.wants(signal).out) taps.offer(signal, 'out', bytes);
    }
    this.#sendAll(batches.value, null);
    this.#tellHeld();
    this.#tellDisabled();
  }

  #tellDisabled(): void {
    const disabled = this.#options.pipeline.takeNewlyDisabled();
    if (disabled.length > 0) this.#options.onDisabled?.(disabled);
  }

  #tellHeld(): void {
    const held = this.#options.pipeline.heldRecords();
    if (held !== this.#held) this.#options.onHeld?.(held - this.#held);
    this.#held = held;
  }

  #count({ removed, changed }: ProcessResult): void {
    const { counts } = this.#options;
    counts.removed.dropped += removed.dropped;
    counts.removed.sampled += removed.sampled;
    counts.removed.toMetric += removed.toMetric;
    counts.removed.recorded += removed.recorded;
    counts.removed.deduped = (counts.removed.deduped ?? 0) + removed.deduped;
    counts.changed += changed;
  }

  /** `taps`: what tails got of the same request; null when somebody else may hold the batches. */
  #sendAll(batches: readonly OutBatch[], taps: Pick<ProcessResult, 'tapIn' | 'tapOut'> | null): PartialSuccess | null {
    const isSole = ({ bytes: { buffer } }: OutBatch): boolean =>
      taps !== null && taps.tapIn?.buffer !== buffer && taps.tapOut?.buffer !== buffer && batches.filter((one) => one.bytes.buffer === buffer).length === 1;
    const refusals = batches.map((batch) => this.#options.send({ ...batch, isSole: isSole(batch) })).filter((refusal) => refusal !== null);
    const last = refusals.at(-1);
    return last === undefined ? null : { rejected: refusals.reduce((sum, { rejected }) => sum + rejected, 0), message: last.message };
  }

  /** A bug in a rule's execution costs one request, not the agent. */
  #guard<T>(run: () => Result<T>): Result<T> {
    try {
      return run();
    } catch (error) {
      const fault = failure('agent.internal', `The agent failed to process a request: ${withoutSecrets(error instanceof Error ? error.message : String(error))}.`, 'This is a bug in the agent; disable the rule that was deployed last, and report it.');
      if (!fault.ok) this.lastFault = fault.error;
      return fault;
    }
  }
}

/** An error may quote the request that it is about. */
function withoutSecrets(message: string): string {
  const scanner = createScanner(['*']);
  return scanner.ok ? scanner.value.redactText(message, 'mask')?.text ?? message : 'its message cannot be told';
}

/** The engine copies what recorders and windows keep; batches and taps may be slices of the request. */
function keeps({ out, tapIn, tapOut }: ProcessResult, { buffer }: Uint8Array): boolean {
  return tapIn?.buffer === buffer || tapOut?.buffer === buffer || out.some((batch) => batch.bytes.buffer === buffer);
}

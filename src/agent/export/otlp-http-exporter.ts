// Forwards batches by OTLP/HTTP protobuf: a memory queue bounded in bytes (the oldest goes first, counted), a few requests at
// a time, retry with backoff on the specification's retryable answers, partial success and refusals counted with the
// downstream's own words. Bytes are sent as they came.
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Clock } from '../../base/index.ts';
import { decodeResponse, type PartialSuccess } from '../../otlp/index.ts';
import { giveBack } from '../give-back.ts';
import { unixMs, type Poster, type PostReply, type Random } from '../ports/index.ts';
import { joinBytes, smallBytes, takeRequest, type QueuedBatch } from './batching.ts';
import { ByteQueue } from './byte-queue.ts';
import { said } from './downstream-words.ts';
import { backoffMs, isRetryable, retryAfterMs, type Backoff } from './retry.ts';
import { requestUrl } from './downstream-url.ts';
import type { Exporter, ExporterStatus, Outgoing } from './types.ts';

export interface OtlpHttpOptions {
  readonly name: string;
  /** Base URL, as `OTEL_EXPORTER_OTLP_ENDPOINT`: `/v1/logs` and so on are added. */
  readonly url: string;
  readonly maxQueuedBytes: number;
  readonly gzip: boolean;
  readonly concurrency: number;
  readonly timeoutMs: number;
  readonly backoff: Backoff;
  /** How long small batches may wait for company. */
  readonly lingerMs: number;
  readonly poster: Poster;
  readonly clock: Clock;
  readonly random: Random;
  /** Told of every change in the number of records held here (waiting or under way). */
  readonly onHeld: (delta: number) => void;
}

const compress = promisify(gzip);
const records = (parts: readonly Outgoing[]): number => parts.reduce((sum, part) => sum + part.records, 0);
const bytes = (parts: readonly Outgoing[]): number => parts.reduce((sum, part) => sum + part.bytes.length, 0);

export class OtlpHttpExporter implements Exporter {
  readonly #options: OtlpHttpOptions;
  readonly #queue = new ByteQueue<QueuedBatch>();
  readonly #totals = { sentRecords: 0, sentBytes: 0, droppedQueueFull: 0, droppedRefused: 0, retries: 0 };
  /** Numbers of what is here, in order. */
  readonly #here = new Set<number>();
  #taken = 0;
  readonly #drained = new Set<() => void>();
  #flying = { requests: 0, records: 0, bytes: 0 };
  #state: ExporterStatus['state'] = 'ok';
  #message = '';
  #failures = 0;
  #pause: NodeJS.Timeout | null = null;
  #linger: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(options: OtlpHttpOptions) { this.#options = options; }

  enqueue({ signal, bytes: body, records: count, isSole = false }: Outgoing): PartialSuccess | null {
    this.#makeRoom(body.length);
    if (this.#held + body.length > this.#options.maxQueuedBytes) {
      this.#totals.droppedQueueFull += count;
      return { rejected: count, message: `The agent's queue for exporter "${this.#options.name}" has no room for ${body.length} bytes (limit ${this.#options.maxQueuedBytes}).` };
    }
    this.#here.add(this.#taken);
    this.#queue.push({ signal, bytes: body, records: count, isSole, alone: false, number: this.#taken++ });
    this.#options.onHeld(count);
    this.#pump();
    return null;
  }

  status(): ExporterStatus {
    const { name, url, maxQueuedBytes } = this.#options;
    return {
      name, url, state: this.#state, message: this.#message, ...this.#totals, maxQueuedBytes, discardedNoDownstream: 0,
      queuedRecords: this.#queue.records + this.#flying.records, queuedBytes: this.#held,
    };
  }

  progress(): { readonly taken: number; readonly oldest: number } {
    const [oldest = this.#taken] = this.#here;
    return { taken: this.#taken, oldest };
  }

  async drain(timeoutMs: number): Promise<void> {
    if (this.#idle) return;
    this.#pump(true);
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#drained.add(resolve);
      timer = setTimeout(resolve, timeoutMs);
    });
    clearTimeout(timer);
  }

  close(): void {
    this.#closed = true;
    if (this.#pause !== null) clearTimeout(this.#pause);
    if (this.#linger !== null) clearTimeout(this.#linger);
    this.#options.poster.close();
  }

  get #held(): number { return this.#queue.bytes + this.#flying.bytes; }
  get #idle(): boolean { return this.#queue.length === 0 && this.#flying.requests === 0; }

  #makeRoom(wanted: number): void {
    while (this.#queue.length > 0 && this.#held + wanted > this.#options.maxQueuedBytes) {
      const oldest = this.#queue.shift()!;
      this.#totals.droppedQueueFull += oldest.records;
      this.#gone([oldest]);
    }
  }

  /** Sends what is due: at once when it is much, when `now` says so or somebody waits for the end; else after a moment. */
  #pump(now = false): void {
    while (this.#maySend && (now || this.#queue.bytes >= smallBytes || this.#drained.size > 0)) void this.#send(takeRequest(this.#queue));
    if (this.#maySend) this.#linger ??= setTimeout(() => { this.#linger = null; this.#pump(true); }, this.#options.lingerMs);
    if (this.#idle) {
      for (const resolve of this.#drained) resolve();
      this.#drained.clear();
    }
  }

  get #maySend(): boolean {
    return !this.#closed && this.#pause === null && this.#queue.length > 0 && this.#flying.requests < this.#options.concurrency;
  }

  async #send(parts: QueuedBatch[]): Promise<void> {
    this.#fly(parts, 1);
    let outcome: PostReply | Error;
    try {
      outcome = await this.#post(parts);
    } catch (error) {
      outcome = error instanceof Error ? error : new Error(String(error));
    }
    this.#fly(parts, -1);
    if (outcome instanceof Error) this.#retry(parts, `The downstream cannot be reached: ${outcome.message || 'the connection failed'}`, null);
    else if (outcome.status >= 200 && outcome.status < 300) this.#accepted(parts, outcome);
    else if (isRetryable(outcome.status)) this.#retry(parts, said(outcome), outcome.retryAfter);
    else this.#refused(parts, outcome);
    this.#pump();
  }

  #fly(parts: readonly QueuedBatch[], sign: 1 | -1): void {
    this.#flying.requests += sign;
    this.#flying.records += sign * records(parts);
    this.#flying.bytes += sign * bytes(parts);
  }

  async #post(parts: readonly QueuedBatch[]): Promise<PostReply> {
    const { poster, url, timeoutMs, gzip: zipped } = this.#options;
    const body = joinBytes(parts);
    const target = requestUrl(url, parts[0]!.signal);
    if (!zipped) return poster.post(target, { 'content-type': 'application/x-protobuf' }, body, timeoutMs);
    return poster.post(target, { 'content-type': 'application/x-protobuf', 'content-encoding': 'gzip' }, await compress(body), timeoutMs);
  }

  #accepted(parts: readonly QueuedBatch[], reply: PostReply): void {
    const total = records(parts);
    const { rejected, message } = partialSuccess(parts, reply);
    this.#failures = 0;
    this.#gone(parts);
    this.#totals.sentRecords += total - rejected;
    this.#totals.sentBytes += bytes(parts);
    this.#totals.droppedRefused += rejected;
    if (reply.isSent === true) for (const part of parts) if (part.isSole === true) giveBack(part.bytes);
    this.#state = rejected > 0 ? 'refused' : 'ok';
    if (rejected > 0) this.#message = `The downstream accepted ${total - rejected} of ${total} records and refused ${rejected}: ${message || 'it gave no reason'}`;
    else this.#message = message === '' ? '' : `The downstream accepted all records and warns: ${message}`;
  }

  #retry(parts: readonly QueuedBatch[], why: string, retryAfter: string | null): void {
    for (const part of parts.toReversed()) this.#queue.putBack(part);
    this.#totals.retries++;
    // Requests that fail together count as one failure: the pause grows with time, not with concurrency.
    if (this.#pause !== null) return;
    this.#failures++;
    const { backoff, clock, random } = this.#options;
    const waitMs = retryAfterMs(retryAfter, unixMs(clock)) ?? backoffMs(this.#failures, backoff, random);
    this.#state = 'retrying';
    this.#message = `${why}. Next try in ${(waitMs / 1000).toFixed(1)} s; records wait in the queue.`;
    this.#pause = setTimeout(() => { this.#pause = null; this.#pump(true); }, waitMs);
  }

  /** No longer here, whatever became of it. */
  #gone(parts: readonly QueuedBatch[]): void {
    for (const { number } of parts) this.#here.delete(number);
    this.#options.onHeld(-records(parts));
  }

  #refused(parts: readonly QueuedBatch[], reply: PostReply): void {
    this.#failures = 0;
    this.#state = 'refused';
    this.#message = `${said(reply)}. The downstream will not take this request, so it was dropped.`;
    if (parts.length === 1) {
      this.#totals.droppedRefused += parts[0]!.records;
      this.#gone(parts);
    } else for (const part of parts.toReversed()) this.#queue.putBack({ ...part, alone: true });
  }
}

/** An answer that cannot be read counts as full success: the 200 is the promise. No more can be rejected than was sent. */
function partialSuccess(parts: readonly QueuedBatch[], { contentType, body }: PostReply): PartialSuccess {
  const decoded = decodeResponse(parts[0]!.signal, body, contentType.startsWith('application/json') ? 'json' : 'protobuf');
  if (!decoded.ok || decoded.value === null) return { rejected: 0, message: '' };
  return { rejected: Math.max(0, Math.min(records(parts), decoded.value.rejected)), message: decoded.value.message };
}

// Brings spooled artifacts to the server, one at a time and the smallest first, in pieces. Where it goes on is what the server says, so a
// lost connection, a killed agent and a restarted server cost at most the piece that was on its way.
import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../base/index.ts';
import { uploadOffsetHeader, type ArtifactMeta } from '../../model/index.ts';
import { backoffMs } from '../export/index.ts';
import type { Random } from '../ports/index.ts';
import { exchange, type Reply } from './exchange.ts';
import type { Spool } from './spool.ts';
import { readAnswer, type UploadStep } from './upload-answer.ts';

/** `problem`: why it is not going on, or why it was refused. */
export interface UploadState { readonly meta: ArtifactMeta; readonly state: 'waiting' | 'uploading' | 'stored' | 'refused'; readonly sentBytes: number; readonly problem: string | null }

export interface UploaderOptions {
  readonly spool: Spool; readonly clock: Clock; readonly random: Random; readonly bearer: string;
  /** `http://…/agent/v1/artifacts`, see `artifactsUrl`. */
  readonly url: string; readonly agentId: () => string;
  readonly pieceBytes?: number; readonly backoff?: { readonly baseMs: number; readonly capMs: number };
}

interface Progress { sentBytes: number; uploading: boolean; failures: number; notBeforeMs: number; restarts: number; problem: string | null }

const pieceBytes = 4 * 1024 * 1024;
const backoff = { baseMs: 500, capMs: 60_000 };
const idleMs = 60_000;
/** The server reads the whole file once more before it answers the last piece. */
const lastPieceIdleMs = 15 * 60_000;
const tidyMs = 60_000;
/** A file whose hash was wrong over there is sent once more from its beginning. */
const maxRestarts = 1;

export class Uploader {
  readonly #options: Required<UploaderOptions>;
  readonly #progress = new Map<string, Progress>();
  readonly #listeners = new Set<(state: UploadState) => void>();
  readonly #stopping = new AbortController();
  #running: Promise<void> | null = null;
  #wake = new AbortController();
  #away = { failures: 0, notBeforeMs: 0 };
  /** Why nothing can be sent now; empty when it can. */
  problem = '';

  constructor(options: UploaderOptions) {
    this.#options = { pieceBytes, backoff, ...options };
    options.spool.onCommitted(() => { this.#wakeUp(); });
  }

  start(): void { this.#running ??= this.#run(); }

  /** Ends the piece that is on its way. What is not sent waits for the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wakeUp();
    await this.#running;
  }

  /** The server may be there again: try at once. */
  soon(): void {
    this.#away = { failures: 0, notBeforeMs: 0 };
    for (const progress of this.#progress.values()) progress.notBeforeMs = 0;
    this.#wakeUp();
  }

  /** Called at each change, with `stored` or `refused` last. Gives the way to stop. */
  onState(listener: (state: UploadState) => void): () => void { this.#listeners.add(listener); return () => this.#listeners.delete(listener); }

  /** Of an artifact that is still in the spool; null: stored, or never known. */
  stateOf(id: string): UploadState | null {
    const entry = this.#options.spool.find(id);
    if (entry === null) return null;
    const progress = this.#progress.get(id);
    if (entry.refused !== null) return { meta: entry.meta, state: 'refused', sentBytes: 0, problem: entry.refused.why };
    return { meta: entry.meta, state: progress?.uploading === true ? 'uploading' : 'waiting', sentBytes: progress?.sentBytes ?? 0, problem: progress?.problem ?? (this.problem || null) };
  }

  get states(): readonly UploadState[] { return this.#options.spool.entries.flatMap(({ meta }) => this.stateOf(meta.id) ?? []); }

  async #run(): Promise<void> {
    let tidiedMs = -Infinity;
    const stopping = this.#stopping.signal;
    while (!stopping.aborted) {
      this.#wake = new AbortController();
      if (this.#now() - tidiedMs > tidyMs) { tidiedMs = this.#now(); await this.#options.spool.tidy().catch((error: unknown) => { this.problem = `The spool cannot be tidied: ${String(error)}`; }); }
      const next = this.#next();
      if (next === null) await sleep(this.#waitMs(), undefined, { signal: AbortSignal.any([this.#wake.signal, stopping]) }).catch(() => undefined);
      else await this.#upload(next);
    }
  }

  #now(): number { return this.#options.clock.monotonicMs(); }
  #wakeUp(): void { this.#wake.abort(); }

  #next(): ArtifactMeta | null {
    if (this.#away.notBeforeMs > this.#now()) return null;
    const ready = this.#options.spool.entries.filter(({ refused, meta }) => refused === null && (this.#progress.get(meta.id)?.notBeforeMs ?? 0) <= this.#now()).map(({ meta }) => meta);
    return ready.reduce<ArtifactMeta | null>((smallest, meta) => (smallest === null || meta.bytes < smallest.bytes ? meta : smallest), null);
  }

  #waitMs(): number {
    const due = this.#options.spool.entries.filter(({ refused }) => refused === null).map(({ meta }) => Math.max(this.#away.notBeforeMs, this.#progress.get(meta.id)?.notBeforeMs ?? 0));
    return Math.max(1, Math.min(tidyMs, ...due.map((at) => at - this.#now())));
  }

  async #upload(meta: ArtifactMeta): Promise<void> {
    const progress = this.#progressOf(meta.id);
    progress.uploading = true;
    try {
      await this.#conclude(meta, progress, await this.#send(meta, progress));
      this.problem = this.#away.failures === 0 ? '' : this.problem;
    } catch (error) {
      if (!this.#stopping.signal.aborted) this.#later(meta, progress, { step: 'away', why: `The server cannot be reached: ${(error as Error).message}.` });
    } finally {
      progress.uploading = false;
    }
  }

  #progressOf(id: string): Progress {
    const known = this.#progress.get(id) ?? { sentBytes: 0, uploading: false, failures: 0, notBeforeMs: 0, restarts: 0, problem: null };
    this.#progress.set(id, known);
    return known;
  }

  /** Piece after piece, until there is something to conclude. */
  async #send(meta: ArtifactMeta, progress: Progress): Promise<Exclude<UploadStep, { step: 'goes-on' }>> {
    let step = await this.#begin(meta);
    while (step.step === 'goes-on') {
      this.#away.failures = 0;
      progress.sentBytes = step.offset;
      progress.problem = null;
      this.#tell(meta, 'uploading', null);
      if (!await this.#isWhole(meta)) return { step: 'refused', why: 'Its file in the agent\'s spool was changed or removed before it could be sent.' };
      const sent = step.offset;
      step = await this.#piece(meta, sent);
    }
    return step;
  }

  async #isWhole({ id, bytes }: ArtifactMeta): Promise<boolean> { return stat(this.#options.spool.path(id)).then(({ size }) => size === bytes, () => false); }

  #begin(meta: ArtifactMeta): Promise<UploadStep> {
    const { url, agentId } = this.#options;
    return this.#exchange({ method: 'POST', url: `${url}?agent=${agentId()}`, headers: { 'content-type': 'application/json' }, body: JSON.stringify(meta), idleMs: lastPieceIdleMs });
  }

  #piece({ id, bytes }: ArtifactMeta, start: number): Promise<UploadStep> {
    const { url, agentId, pieceBytes: most, spool } = this.#options;
    const end = Math.min(bytes, start + most);
    return this.#exchange({ method: 'PATCH', url: `${url}/${id}?agent=${agentId()}`, headers: { 'content-type': 'application/octet-stream', [uploadOffsetHeader]: String(start) }, body: { path: spool.path(id), start, end }, idleMs: end === bytes ? lastPieceIdleMs : idleMs });
  }

  async #exchange(given: Omit<Parameters<typeof exchange>[0], 'signal'>): Promise<UploadStep> {
    const reply: Reply = await exchange({ ...given, headers: { ...given.headers, authorization: `Bearer ${this.#options.bearer}` }, signal: this.#stopping.signal });
    return readAnswer(reply.status, reply.body);
  }

  async #conclude(meta: ArtifactMeta, progress: Progress, step: Exclude<UploadStep, { step: 'goes-on' }>): Promise<void> {
    switch (step.step) {
      case 'stored':
        this.#away = { failures: 0, notBeforeMs: 0 };
        this.#progress.delete(meta.id);
        await this.#options.spool.remove(meta.id);
        this.#tell(meta, 'stored', null);
        return;
      case 'refused':
        // Damaged on its way, perhaps; a file that is refused from the start is refused again at once.
        if (progress.sentBytes > 0 && progress.restarts < maxRestarts) { progress.restarts += 1; progress.sentBytes = 0; return; }
        await this.#options.spool.refuse(meta.id, step.why);
        this.#progress.delete(meta.id);
        this.#tell(meta, 'refused', step.why);
        return;
      case 'begin-again':
        this.#later(meta, progress, { step: 'again', why: 'The server no longer knew this upload; it begins again.' });
        return;
      default: this.#later(meta, progress, step);
    }
  }

  #later(meta: ArtifactMeta, progress: Progress, { step, why }: { readonly step: 'refused' | 'again' | 'away'; readonly why: string }): void {
    const { random, backoff: pace } = this.#options;
    progress.problem = why;
    progress.uploading = false;
    if (step === 'away') { this.#away.failures += 1; this.#away.notBeforeMs = this.#now() + backoffMs(this.#away.failures, pace, random); this.problem = why; }
    else { progress.failures += 1; progress.notBeforeMs = this.#now() + backoffMs(progress.failures, pace, random); }
    this.#tell(meta, 'waiting', why);
  }

  #tell(meta: ArtifactMeta, state: UploadState['state'], problem: string | null): void {
    const sentBytes = state === 'stored' ? meta.bytes : this.#progress.get(meta.id)?.sentBytes ?? 0;
    for (const listener of this.#listeners) listener({ meta, state, sentBytes, problem });
  }
}

/** Where a server takes artifacts, from the address of its OpAMP socket (`link/` `serverUrls`). */
export const artifactsUrl = (opampUrl: string): string => `${opampUrl.replace(/^ws/, 'http').replace(/\/v1\/opamp$/, '')}/agent/v1/artifacts`;

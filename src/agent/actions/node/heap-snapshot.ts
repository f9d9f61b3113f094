// A heap snapshot of a Node process: V8 walks the heap (the process stands still for that) and sends it in pieces, which go to the file
// as they come. Never held whole here; a slow disk holds the inspector back.
import { createWriteStream } from 'node:fs';
import { type Failure, ok, type Result } from '../../../base/index.ts';
import type { AgentProcess } from '../../../model/index.ts';
import { fileStem, megabytes, nameOf, type Run, seconds } from '../contract.ts';
import { type Attached, type CdpSession, type InspectorDoor, timedLoop } from '../inspector/index.ts';
import { lastFor } from '../wait.ts';
import { whileAttached } from './attached.ts';
import { rounded } from './cpu-profile.ts';

/** Walking a large heap takes minutes; the run's own bound is what ends it. */
const snapshotWithinMs = 900_000;

export interface SnapshotWish {
  /** Asked with the bytes of heap that are really in use, once they are known. */
  readonly check: (heapBytes: number) => Promise<Failure | null>;
  /** Figures said before it started, which go with the artifact. */
  readonly told: Readonly<Record<string, number>>;
  /** A second one, so much later. V8 numbers objects anew for each inspector session: only two of one session can be compared object by object. */
  readonly againAfterMs: number | null;
}

export function nodeHeapSnapshot(door: InspectorDoor, process: AgentProcess, run: Run, { check, told, againAfterMs }: SnapshotWish): Promise<Result<void>> {
  const one = async (session: CdpSession, stem: string): Promise<Result<void>> => {
    const { usedSize } = await session.call<{ usedSize: unknown }>('Runtime.getHeapUsage');
    if (typeof usedSize !== 'number') throw new Error('the inspector does not tell how large the heap is');
    run.figure('heapUsedBytes', usedSize);
    const objection = await check(usedSize);
    if (objection !== null) return { ok: false, error: objection };
    const name = `${stem}.heapsnapshot`;
    const draft = await run.open(name);
    if (!draft.ok) return draft;
    const fromUnixMs = run.nowUnixMs();
    const written = await streamed(session, draft.value.path, run, process).catch(async (failed: unknown) => { await draft.value.discard(); throw failed; });
    if (!written.ok) { await draft.value.discard(); return written; }
    run.figure('pauseMs', rounded(written.value));
    return run.keep(draft.value, {
      kind: 'heap-snapshot', format: 'heapsnapshot', name, sensitive: true, summary: `Heap snapshot of ${nameOf(process)}, ${megabytes(usedSize)} in use`,
      fromUnixMs, toUnixMs: run.nowUnixMs(), figures: { heapUsedBytes: usedSize, pauseMs: rounded(written.value), ...told },
    });
  };
  return whileAttached(door, process, run, async ({ session }) => {
    const first = await one(session, fileStem(process));
    if (!first.ok || againAfterMs === null) return first;
    await lastFor(againAfterMs, run, `The first snapshot is taken; the second follows after ${seconds(againAfterMs)}`, 0, 1, session.closed);
    return one(session, `${fileStem(process)}-later`);
  }, { cannotStop: 'Cancelling: V8 cannot stop a snapshot midway; what it sends until its end is thrown away' });
}

/** The pause, in milliseconds. */
async function streamed(session: Attached['session'], path: string, run: Run, process: AgentProcess): Promise<Result<number>> {
  const file = new ChunkFile(session, path, run.maxBytes);
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => { file.write(String(chunk)); });
  session.on('HeapProfiler.reportHeapSnapshotProgress', ({ done, total }) => {
    if (run.signal.aborted) return;
    run.progress(Number(total) > 0 ? Math.min(0.5, Number(done) / Number(total) / 2) : null, `V8 walks the heap of ${nameOf(process)}; it stands still`);
  });
  const stop = (): void => { file.destroy(); };
  run.signal.addEventListener('abort', stop);
  try {
    const { pauseMs } = await timedLoop(session, 'HeapProfiler.takeHeapSnapshot', { reportProgress: true }, snapshotWithinMs);
    run.progress(0.9, 'Writing the snapshot');
    const problem = await file.end();
    return problem === null ? ok(pauseMs) : { ok: false, error: problem };
  } finally {
    run.signal.removeEventListener('abort', stop);
    file.destroy();
  }
}

class ChunkFile {
  readonly #session: CdpSession;
  readonly #stream: ReturnType<typeof createWriteStream>;
  readonly #maxBytes: number;
  #bytes = 0;
  #problem: Failure | null = null;

  constructor(session: CdpSession, path: string, maxBytes: number) {
    this.#session = session;
    this.#maxBytes = maxBytes;
    this.#stream = createWriteStream(path, { mode: 0o600, highWaterMark: 4 * 1024 * 1024 });
    this.#stream.on('drain', () => { session.resume(); });
    this.#stream.on('error', (failed) => { this.#fail({ code: 'action.unwritable', message: `The snapshot could not be written: ${failed.message}.`, help: 'See that there is space on the disk of the agent.' }); });
  }

  write(chunk: string): void {
    if (this.#problem !== null || this.#stream.destroyed) return;
    this.#bytes += chunk.length;
    if (this.#bytes > this.#maxBytes) this.#fail({ code: 'action.too-large', message: `The snapshot is larger than ${megabytes(this.#maxBytes)}.`, help: 'Ask for a heap sample instead, or raise maxBytes.' });
    else if (!this.#stream.write(chunk)) this.#session.pause();
  }

  async end(): Promise<Failure | null> {
    if (this.#problem === null && !this.#stream.destroyed) { this.#stream.end(); await new Promise<void>((resolve) => { this.#stream.once('close', resolve); }); }
    return this.#problem ?? (this.#bytes === 0 ? { code: 'action.empty', message: 'The inspector sent no snapshot.', help: 'Try again.' } : null);
  }

  destroy(): void { this.#stream.destroy(); this.#session.resume(); }

  #fail(problem: Failure): void { this.#problem ??= problem; this.#session.resume(); }
}

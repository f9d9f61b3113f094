// A collected recorder in place of the live tail: its file is read once, its frames become tail frames, oldest first.
import { failure, ok, type Failure, type Result } from '../../../base/index.ts';
import { decodeFrames, type RecorderFrame } from '../../../engine/index.ts';
import type { Signal, SubscriptionId, TailFrame, TailStage } from '../../../model/index.ts';

/** Where its file is, and whose records they are. */
export interface RecordingWish { readonly url: string; readonly agent: string }

export interface RecordingState {
  /** `failed`: `problem` says why nothing is shown. `damaged` ends are read as far as they go, and `problem` says where that is. */
  readonly status: 'reading' | 'read' | 'failed';
  /** Bytes of the file so far, and of all of it; null while nobody knows. */
  readonly receivedBytes: number; readonly totalBytes: number | null;
  /** Records in the file by signal, also of signals that are not shown. */
  readonly records: Readonly<Record<Signal, number>>;
  readonly leftBytes: number; readonly problem: string | null;
}

/** Reads a file; `progress` gets bytes so far and of all. */
export type ReadFile = (url: string, progress: (received: number, total: number | null) => void, signal: AbortSignal) => Promise<Result<Uint8Array, Failure>>;

const noRecords: RecordingState['records'] = { logs: 0, spans: 0, metrics: 0 };
export const readingState: RecordingState = { status: 'reading', receivedBytes: 0, totalBytes: null, records: noRecords, leftBytes: 0, problem: null };

export class Recording {
  state: RecordingState = readingState;
  readonly wish: RecordingWish;
  readonly #abort = new AbortController();
  #frames: readonly RecorderFrame[] = [];

  constructor(wish: RecordingWish) { this.wish = wish; }

  /** `changed` is called with each step, never after `end`. */
  async read(readFile: ReadFile, changed: () => void): Promise<void> {
    const { signal } = this.#abort;
    const file = await readFile(this.wish.url, (receivedBytes, totalBytes) => { this.state = { ...this.state, receivedBytes, totalBytes }; changed(); }, signal);
    if (signal.aborted) return;
    const frames = file.ok ? decodeFrames(file.value) : file;
    this.state = frames.ok ? readState(this.state, frames.value) : { ...this.state, status: 'failed', problem: [frames.error.message, frames.error.help].filter(Boolean).join(' ') };
    this.#frames = frames.ok ? frames.value.frames.toSorted((a, b) => a.atUnixMs - b.atUnixMs) : [];
    changed();
  }

  end(): void { this.#abort.abort(); }

  /** As frames of the tail; payloads are slices of the file. */
  * framesOf(signals: readonly Signal[], stage: TailStage): Generator<TailFrame> {
    for (const { signal, records, atUnixMs, bytes } of this.#frames) {
      if (signals.includes(signal)) yield { signal, stage, subscription: 0 as SubscriptionId, records, shedByAgent: 0, shedByServer: 0, agentOrdinal: 1, ratio: 1, sentUnixMs: atUnixMs, payload: bytes };
    }
  }
}

function readState(before: RecordingState, { frames, leftBytes, problem }: { readonly frames: readonly RecorderFrame[]; readonly leftBytes: number; readonly problem: string | null }): RecordingState {
  const records = { ...noRecords };
  for (const frame of frames) records[frame.signal] += frame.records;
  return { ...before, status: 'read', records, leftBytes, problem };
}

/** Beyond this the page would run out of memory before it could show anything. */
const maxFileBytes = 1024 * 1024 * 1024;

/** The worker's way to a file of the BFF. */
export const fetchFile: ReadFile = async (url, progress, signal) => {
  try {
    const response = await fetch(url, { credentials: 'same-origin', signal });
    if (!response.ok || response.body === null) return failure('recording.refused', await refusalOf(response));
    const length = Number(response.headers.get('content-length') ?? Number.NaN);
    return await readAll(response.body, Number.isFinite(length) ? length : null, progress);
  } catch {
    return failure('recording.offline', 'The server does not answer.', 'Open the recording again when it does.');
  }
};

async function readAll(body: ReadableStream<Uint8Array>, total: number | null, progress: Parameters<ReadFile>[1]): Promise<Result<Uint8Array, Failure>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let received = 0;
  for (const reader = body.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value as Uint8Array<ArrayBuffer>);
    received += value.length;
    if (received > maxFileBytes) { void reader.cancel(); return failure('recording.too-large', 'The recording is larger than 1 GiB, more than a page can hold.', 'Collect a shorter time, or one key.'); }
    progress(received, total);
  }
  return ok(new Uint8Array(await new Blob(parts).arrayBuffer()));
}

async function refusalOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null);
  const said = (body as { error?: { message?: unknown } } | null)?.error?.message;
  return typeof said === 'string' ? said : `The server answered with status ${response.status}.`;
}

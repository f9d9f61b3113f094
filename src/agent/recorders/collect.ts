// What the actions on recorders do: start, stop, and collect one into a file, redacted by the rules of now.
import { open, type FileHandle } from 'node:fs/promises';
import { failure, ok, type Result } from '../../base/index.ts';
import { breathBytes, encodeFrame, frameFileMagic, type Pipeline, type RecorderFrame } from '../../engine/index.ts';
import type { RecorderPort } from '../actions/index.ts';

interface Collected { records: number; fromUnixMs: number | null; toUnixMs: number | null; readonly notes: string[] }
type Ask = Parameters<RecorderPort['collect']>[0];

/** Errors: `recorder.unknown`, `recorder.empty`. */
export function recorderPort(pipeline: Pick<Pipeline, 'runRecorder' | 'readRecorder'>, nowUnixMs: () => number): RecorderPort {
  const run = (recorder: string, running: boolean): Result<void> => (pipeline.runRecorder(recorder, running) ? ok(undefined) : unknown(recorder));
  return {
    start: (recorder) => Promise.resolve(run(recorder, true)),
    stop: (recorder) => Promise.resolve(run(recorder, false)),
    async collect(ask, path, signal) {
      const read = pipeline.readRecorder(ask.recorder, { key: ask.key, ...(ask.lastMs !== undefined && { sinceUnixMs: nowUnixMs() - ask.lastMs }) });
      if (read === null) return unknown(ask.recorder);
      const collected = await write(read, ask, path, signal);
      return collected.records === 0 ? empty(ask) : ok(collected);
    },
  };
}

const unknown = (recorder: string): Result<never> => failure('recorder.unknown', `This agent has no recorder ${recorder}.`, `Deploy a rule that ends in record("${recorder}"), or define the recorder.`);
const empty = ({ recorder, key, lastMs }: Ask): Result<never> =>
  failure('recorder.empty', `Recorder ${recorder} holds no records${key === undefined ? '' : ` under ${key}`}${lastMs === undefined ? '' : ` of the last ${Math.round(lastMs / 1000)} s`}.`, 'See under Flight recorders whether its rule matches anything.');

async function write(read: Iterable<RecorderFrame | null>, { maxBytes }: Ask, path: string, signal: AbortSignal): Promise<Collected> {
  const collected: Collected = { records: 0, fromUnixMs: null, toUnixMs: null, notes: [] };
  const file = await open(path, 'wx', 0o600);
  try {
    const out = new Slices(file, maxBytes);
    for (const frame of read) {
      if (signal.aborted) break;
      if (frame === null) { await out.breathe(); continue; }
      if (!out.add(encodeFrame(frame))) { collected.notes.push(`It was cut at ${maxBytes.toLocaleString('en')} bytes: what came after ${new Date(collected.toUnixMs ?? 0).toISOString()} is not in it.`); break; }
      collected.records += frame.records;
      collected.fromUnixMs ??= frame.atUnixMs;
      collected.toUnixMs = frame.atUnixMs;
      if (out.isFull) await out.breathe();
    }
    await out.flush();
  } finally {
    await file.close();
  }
  return collected;
}

/** Writes behind, and lets others have their turn: the records of the agent come in by the same thread. */
class Slices {
  readonly #file: FileHandle;
  #left: number;
  #waiting: Uint8Array[] = [frameFileMagic];
  #bytes = 0;

  constructor(file: FileHandle, maxBytes: number) {
    this.#file = file;
    this.#left = maxBytes - frameFileMagic.length;
  }

  get isFull(): boolean { return this.#bytes >= breathBytes; }

  /** False when it is more than there may be. */
  add(encoded: Uint8Array): boolean {
    if (encoded.length > this.#left) return false;
    this.#left -= encoded.length;
    this.#bytes += encoded.length;
    this.#waiting.push(encoded);
    return true;
  }

  async breathe(): Promise<void> {
    await this.flush();
    await new Promise((resolve) => { setImmediate(resolve); });
  }

  async flush(): Promise<void> {
    const waiting = this.#waiting;
    [this.#waiting, this.#bytes] = [[], 0];
    if (waiting.length > 0) await this.#file.writev(waiting);
  }
}

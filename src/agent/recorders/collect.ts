// What the actions on recorders do: start, stop, and collect one into a file, redacted by the rules of now.
import { open } from 'node:fs/promises';
import { failure, ok, type Result } from '../../base/index.ts';
import { encodeFrame, frameFileMagic, type Pipeline, type RecorderFrame } from '../../engine/index.ts';
import type { RecorderPort } from '../actions/index.ts';

/** So many bytes are written before others have their turn. */
const sliceBytes = 1024 * 1024;

interface Collected { records: number; fromUnixMs: number | null; toUnixMs: number | null; readonly notes: string[] }
type Ask = Parameters<RecorderPort['collect']>[0];

/** Errors: `recorder.unknown`, `recorder.empty`. */
export function recorderPort(pipeline: Pick<Pipeline, 'runRecorder' | 'recorder'>, nowUnixMs: () => number): RecorderPort {
  const run = (recorder: string, running: boolean): Result<void> => (pipeline.runRecorder(recorder, running) ? ok(undefined) : unknown(recorder));
  return {
    start: (recorder) => Promise.resolve(run(recorder, true)),
    stop: (recorder) => Promise.resolve(run(recorder, false)),
    async collect(ask, path, signal) {
      const frames = pipeline.recorder(ask.recorder, ask.key);
      if (frames === null) return unknown(ask.recorder);
      const collected = await write(frames, ask, ask.lastMs === undefined ? 0 : nowUnixMs() - ask.lastMs, path, signal);
      return collected.records === 0 ? empty(ask) : ok(collected);
    },
  };
}

const unknown = (recorder: string): Result<never> => failure('recorder.unknown', `This agent has no recorder ${recorder}.`, `Deploy a rule that ends in record("${recorder}"), or define the recorder.`);
const empty = ({ recorder, key, lastMs }: Ask): Result<never> =>
  failure('recorder.empty', `Recorder ${recorder} holds no records${key === undefined ? '' : ` under ${key}`}${lastMs === undefined ? '' : ` of the last ${Math.round(lastMs / 1000)} s`}.`, 'See under Flight recorders whether its rule matches anything.');

async function write(frames: Iterable<RecorderFrame>, { maxBytes }: Ask, sinceUnixMs: number, path: string, signal: AbortSignal): Promise<Collected> {
  const collected: Collected = { records: 0, fromUnixMs: null, toUnixMs: null, notes: [] };
  const file = await open(path, 'wx', 0o600);
  try {
    let [waiting, bytes, all]: [Uint8Array[], number, number] = [[frameFileMagic], 0, frameFileMagic.length];
    for (const frame of frames) {
      if (frame.atUnixMs < sinceUnixMs) continue;
      if (signal.aborted) break;
      const encoded = encodeFrame(frame);
      if (all + encoded.length > maxBytes) { collected.notes.push(`It was cut at ${maxBytes.toLocaleString('en')} bytes: what came after ${new Date(collected.toUnixMs ?? 0).toISOString()} is not in it.`); break; }
      waiting.push(encoded);
      bytes += encoded.length;
      all += encoded.length;
      collected.records += frame.records;
      collected.fromUnixMs ??= frame.atUnixMs;
      collected.toUnixMs = frame.atUnixMs;
      if (bytes < sliceBytes) continue;
      await file.writev(waiting);
      [waiting, bytes] = [[], 0];
    }
    if (waiting.length > 0) await file.writev(waiting);
  } finally {
    await file.close();
  }
  return collected;
}

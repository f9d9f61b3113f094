// A recorder as an artifact: its frames as they are read, redacted by the rules of now, streamed to a file.
import { open } from 'node:fs/promises';
import { failure, type Result } from '../../base/index.ts';
import { encodeFrame, frameFileMagic, type RecorderFrame } from '../../engine/index.ts';
import type { ArtifactMeta } from '../../model/index.ts';
import type { ArtifactSink } from '../artifacts/sink.ts';

export interface CollectRequest {
  readonly recorder: string;
  readonly key?: string | undefined;
  /** Frames no older than this; Unix milliseconds. */
  readonly sinceUnixMs?: number | undefined;
  readonly service: string | null; readonly action: string | null; readonly incident: string | null; readonly rule: string | null;
  readonly nowUnixMs: number;
}

/** Null of a recorder that is not there. */
export type CollectFrames = (recorder: string, key?: string) => Iterable<RecorderFrame> | null;

/** So many bytes are written before others have their turn. */
const sliceBytes = 1024 * 1024;

/** Errors: `recorder.unknown`, `recorder.empty`, and the sink's. */
export async function collectRecorder(request: CollectRequest, frames: CollectFrames, sink: ArtifactSink): Promise<Result<ArtifactMeta>> {
  const { recorder, key, nowUnixMs } = request;
  const found = frames(recorder, key);
  if (found === null) return failure('recorder.unknown', `This agent has no recorder ${recorder}.`, `Deploy a rule that ends in record("${recorder}"), or define the recorder.`);
  const draft = await sink.open(`${recorder}.weirrec`);
  if (!draft.ok) return draft;
  const wrote = await write(draft.value.path, found, request.sinceUnixMs ?? 0).catch(async (error: unknown) => { await draft.value.discard(); throw error; });
  if (wrote.records === 0) {
    await draft.value.discard();
    return failure('recorder.empty', `Recorder ${recorder}${key === undefined ? '' : ` has nothing under ${key}, or`} holds no records${request.sinceUnixMs === undefined ? '' : ' of that time'}.`, 'See under Flight recorders whether its rule matches anything.');
  }
  return draft.value.commit({
    kind: 'recorder', format: 'otlp-frames', name: `${recorder}.weirrec`, createdUnixMs: nowUnixMs, sensitive: false, service: request.service, process: null, action: request.action, incident: request.incident, rule: request.rule,
    summary: `Flight recorder ${recorder}${key === undefined ? '' : ` of ${key}`}: ${wrote.records.toLocaleString('en')} records`.slice(0, 500), fromUnixMs: wrote.oldest, toUnixMs: wrote.newest, figures: { records: wrote.records, frames: wrote.frames },
  });
}

interface Wrote { records: number; frames: number; oldest: number | null; newest: number | null }

async function write(path: string, frames: Iterable<RecorderFrame>, sinceUnixMs: number): Promise<Wrote> {
  const wrote: Wrote = { records: 0, frames: 0, oldest: null, newest: null };
  const file = await open(path, 'wx', 0o600);
  try {
    let waiting: Uint8Array[] = [frameFileMagic];
    let bytes = 0;
    for (const frame of frames) {
      if (frame.atUnixMs < sinceUnixMs) continue;
      const encoded = encodeFrame(frame);
      waiting.push(encoded);
      bytes += encoded.length;
      wrote.records += frame.records;
      wrote.frames++;
      wrote.oldest ??= frame.atUnixMs;
      wrote.newest = frame.atUnixMs;
      if (bytes < sliceBytes) continue;
      await file.writev(waiting);
      waiting = [];
      bytes = 0;
    }
    if (waiting.length > 0) await file.writev(waiting);
  } finally {
    await file.close();
  }
  return wrote;
}

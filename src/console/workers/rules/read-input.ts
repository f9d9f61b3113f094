// A file or text, streamed through the reader; gzip is told by its first two bytes and inflated on the way.
import type { Failure, Result } from '../../../base/index.ts';
import { failure } from '../../../base/index.ts';
import { TelemetryReader, type TelemetryInput } from '../../../rules/index.ts';
import type { Work } from './work.ts';

/** Bytes handed to the reader at once: what is parsed without a pause. */
const pieceBytes = 256 << 10;

/** Progress is by bytes of the file as it lies. */
export async function readInput(input: Blob, nowMs: number, work: Work): Promise<Result<TelemetryInput, Failure>> {
  const reader = new TelemetryReader(nowMs);
  const total = Math.max(1, input.size);
  let taken = 0;
  const counted = input.stream().pipeThrough(new TransformStream<Uint8Array, Uint8Array>({ transform(chunk, controller) { taken += chunk.length; controller.enqueue(chunk); } }));
  const stream = await isGzip(input) ? counted.pipeThrough(new DecompressionStream('gzip') as ReadableWritablePair<Uint8Array, Uint8Array>) : counted;
  const chunks = stream.getReader();
  try {
    for (let next = await chunks.read(); !next.done; next = await chunks.read()) {
      for (let at = 0; at < next.value.length; at += pieceBytes) {
        await work.breathe(taken / total);
        if (reader.push(next.value.subarray(at, at + pieceBytes))) return reader.end();
      }
    }
  } catch (error) {
    // The platform says only that inflating failed; everything else is ours.
    if (error instanceof TypeError) return failure('telemetry-gzip', `The file ends or breaks after ${taken.toLocaleString('en')} bytes: its gzip data is damaged.`, 'Compress it again, or give it uncompressed.');
    throw error;
  } finally { void chunks.cancel().catch(() => undefined); }
  return reader.end();
}

async function isGzip(input: Blob): Promise<boolean> {
  const head = new Uint8Array(await input.slice(0, 2).arrayBuffer());
  return head[0] === 0x1f && head[1] === 0x8b;
}

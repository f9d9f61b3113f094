// Bytes on the wire of what a rule made in a window, without the resource and scope that all rules' points share: what its saving is less by.
import type { Signal } from '../../model/index.ts';
import { codec, type MetricPoint } from '../../otlp/index.ts';
import type { Released } from './holder.ts';

/** Points of one rule are alike: of more than this, the first ones stand for all. */
const mostEncoded = 1000;
const envelope = codec.encodeMetrics({}, '', []).length;

export function madeBytes({ points, batches }: Released): number {
  return pointBytes(points) + batches.reduce((sum, { signal, bytes }) => sum + recordBytes(signal, bytes), 0);
}

function pointBytes(points: readonly MetricPoint[]): number {
  if (points.length === 0) return 0;
  const some = points.slice(0, mostEncoded);
  return ((codec.encodeMetrics({}, '', some).length - envelope) * points.length) / some.length;
}

/** Bodies, each with its tag and length. */
function recordBytes(signal: Signal, bytes: Uint8Array): number {
  const walked = codec.walk(signal, bytes);
  // The bytes are of our own making; if they do not walk, the codec has a bug.
  if (!walked.ok) throw new Error(walked.error.message);
  const { value: view } = walked;
  let sum = 0;
  for (let i = 0; i < view.recordCount; i++) {
    const body = view.recordEnd(i) - view.recordStart(i);
    sum += body + (body < 0x80 ? 2 : body < 0x4000 ? 3 : body < 0x20_0000 ? 4 : 5);
  }
  return sum;
}

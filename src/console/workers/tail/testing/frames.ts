// Tail frames for tests, written in one line each.
import { encodeTailFrame, type SubscriptionId, type TailFrame, type TailFrameHeader } from '../../../../model/index.ts';
import { codec, encodeLogs, type LogInput } from '../../../../otlp/index.ts';
import { TailStore, type TailLimits } from '../store/tail-store.ts';

export const startMs = 1_750_000_000_000;

/** `message` with a severity and whatever else matters to the test. */
export function log(body: string, more: LogInput & { readonly atMs?: number } = {}): LogInput {
  const { atMs = 0, ...rest } = more;
  return { timeUnixNano: BigInt(startMs + atMs) * 1_000_000n, severityNumber: 9, body, ...rest };
}

export function logsFrame(service: string, records: readonly LogInput[], header: Partial<TailFrameHeader> = {}): TailFrame {
  return {
    signal: 'logs', stage: 'out', subscription: 1 as SubscriptionId, records: records.length, shedByAgent: 0, shedByServer: 0, agentOrdinal: 1, ratio: 1, sentUnixMs: startMs,
    payload: encodeLogs({ 'service.name': service }, 'test', records), ...header,
  };
}

export const frameBytes = (frame: TailFrame): ArrayBuffer => encodeTailFrame(frame).slice().buffer;

export function storeOf(frames: readonly TailFrame[], limits?: TailLimits): TailStore {
  const store = new TailStore(codec, limits);
  for (const frame of frames) if (!store.append(frame).ok) throw new Error('the frame of a test does not parse');
  return store;
}

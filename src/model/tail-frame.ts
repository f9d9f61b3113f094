// The tail's data frame, agent → BFF → browser, version 1. Little-endian header of 40 bytes, then an OTLP
// Export*ServiceRequest (protobuf, after redaction). The BFF reads and patches the fixed header only, never the payload.
//
//  0 u8  version = 1           1 u8 signal (0 logs, 1 spans, 2 metrics)     2 u8 stage (0 out, 1 in)   3 u8 flags = 0
//  4 u32 subscription id       8 u32 records in the payload                12 u32 shed by the agent since its last frame
// 16 u32 shed by the BFF for this browser since its last frame             20 u32 agent ordinal (assigned by the BFF)
// 24 f64 share of matching records sent, (0, 1]                            32 f64 sent at, Unix milliseconds
import type { Signal, SubscriptionId } from './ids.ts';
import { signals } from './ids.ts';

export const tailFrameVersion = 1;
export const tailFrameHeaderBytes = 40;

/** `in`: after redaction, before all other rules. `out`: what leaves the agent. */
export type TailStage = 'out' | 'in';

export interface TailFrameHeader {
  readonly signal: Signal;
  readonly stage: TailStage;
  readonly subscription: SubscriptionId;
  readonly records: number;
  readonly shedByAgent: number;
  readonly shedByServer: number;
  readonly agentOrdinal: number;
  /** Share of the matching records that were sent; 1 means complete. */
  readonly ratio: number;
  readonly sentUnixMs: number;
}

export interface TailFrame extends TailFrameHeader { readonly payload: Uint8Array }

export function encodeTailFrame(frame: TailFrame): Uint8Array {
  const bytes = new Uint8Array(tailFrameHeaderBytes + frame.payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, tailFrameVersion);
  view.setUint8(1, signals.indexOf(frame.signal));
  view.setUint8(2, frame.stage === 'out' ? 0 : 1);
  view.setUint32(4, frame.subscription, true);
  view.setUint32(8, frame.records, true);
  view.setUint32(12, frame.shedByAgent, true);
  view.setUint32(16, frame.shedByServer, true);
  view.setUint32(20, frame.agentOrdinal, true);
  view.setFloat64(24, frame.ratio, true);
  view.setFloat64(32, frame.sentUnixMs, true);
  bytes.set(frame.payload, tailFrameHeaderBytes);
  return bytes;
}

/** Null when the bytes are not a frame of this version. The payload is a view into `bytes`, not a copy. */
export function decodeTailFrame(bytes: Uint8Array): TailFrame | null {
  if (bytes.length < tailFrameHeaderBytes) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const signal = signals[view.getUint8(1)];
  if (view.getUint8(0) !== tailFrameVersion || signal === undefined) return null;
  return {
    signal,
    stage: view.getUint8(2) === 1 ? 'in' : 'out',
    subscription: view.getUint32(4, true) as SubscriptionId,
    records: view.getUint32(8, true),
    shedByAgent: view.getUint32(12, true),
    shedByServer: view.getUint32(16, true),
    agentOrdinal: view.getUint32(20, true),
    ratio: view.getFloat64(24, true),
    sentUnixMs: view.getFloat64(32, true),
    payload: bytes.subarray(tailFrameHeaderBytes),
  };
}

/** What the BFF does on the way through: stamps the agent's ordinal and its own shed count. */
export function stampTailFrame(bytes: Uint8Array, agentOrdinal: number, shedByServer: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  view.setUint32(16, shedByServer, true);
  view.setUint32(20, agentOrdinal, true);
}

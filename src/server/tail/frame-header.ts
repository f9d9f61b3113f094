// The few header fields that routing needs, read in place (model/tail-frame.ts has the layout); payloads are never touched.
import { tailFrameHeaderBytes, tailFrameVersion, type SubscriptionId } from '../../model/index.ts';

export interface FrameRoute { readonly subscription: SubscriptionId; readonly records: number; readonly shedByAgent: number }

/** Null when these bytes are no tail frame of this version. */
export function readFrameRoute(bytes: Uint8Array): FrameRoute | null {
  if (bytes.length < tailFrameHeaderBytes || bytes[0] !== tailFrameVersion) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, tailFrameHeaderBytes);
  return { subscription: view.getUint32(4, true) as SubscriptionId, records: view.getUint32(8, true), shedByAgent: view.getUint32(12, true) };
}

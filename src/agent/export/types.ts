// What the rest of the agent sees of an exporter.
import type { AgentStatus, Signal } from '../../model/index.ts';
import type { PartialSuccess } from '../../otlp/index.ts';

export type ExporterStatus = AgentStatus['exporters'][number];

/** OTLP protobuf bytes of one export request; never changed after they are handed over. */
export interface Outgoing {
  readonly signal: Signal;
  readonly bytes: Uint8Array;
  readonly records: number;
  /** Nobody else reads the bytes, nor anything else in their memory: once they are sent, it is given back. */
  readonly isSole?: boolean;
}

export interface Exporter {
  /** Takes the batch, now or never: what it cannot hold is counted and said in the answer (null when it took all). Never waits. */
  enqueue(batch: Outgoing): PartialSuccess | null;
  status(): ExporterStatus;
  /** Batches are numbered as they are taken: how many there were, and the number of the oldest that is still here (all before it have left, or were dropped and counted). */
  progress(): { readonly taken: number; readonly oldest: number };
  /** Resolves when nothing is left to send, or after `timeoutMs`. */
  drain(timeoutMs: number): Promise<void>;
  close(): void;
}


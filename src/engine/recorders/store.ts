// What a recorder keeps its frames in: rings in memory, or a store on disk that the agent provides.
import type { Signal } from '../../model/index.ts';

/** The recorded part of one request. */
export interface RecorderFrame {
  readonly signal: Signal;
  /** Of a keyed recorder; empty in a plain one. */
  readonly key: string;
  /** Wall clock when it was recorded; Unix milliseconds. */
  readonly atUnixMs: number;
  readonly records: number;
  /** An OTLP export request of its own memory. */
  readonly bytes: Uint8Array;
  /** Which redact rules it went past; -1 when nobody knows any more. */
  readonly epoch: number;
}

export interface KeyState { readonly key: string; readonly records: number; readonly bytes: number; readonly oldestUnixMs: number | null; readonly newestUnixMs: number | null }

/** What redaction leaves of a frame: the frame itself when it is as it should be, null when nothing is left. */
export type Renewed = (frame: RecorderFrame) => RecorderFrame | null;

/** `key`: of that one alone. `sinceUnixMs`: what is older is left out, unread where that can be. */
export interface FramesAsked { readonly key?: string | undefined; readonly sinceUnixMs?: number | undefined }

/** After so many bytes that were looked at and not given, a reader is given null. */
export const breathBytes = 1024 * 1024;

/** Frames of one recorder, oldest first, within bytes; evicts by itself and counts what went. */
export interface FrameStore {
  readonly bytes: number;
  readonly records: number;
  readonly evicted: number;
  readonly evictedKeys: number;
  readonly keyCount: number;
  readonly oldestUnixMs: number | null;
  readonly newestUnixMs: number | null;
  /** False when it had no room at all: it is larger than the whole store, or the disk refused it. */
  push(frame: RecorderFrame): boolean;
  /** Lets the oldest of the greediest key go, to make room elsewhere. False when nothing is left. */
  evictOne(): boolean;
  /** Lets go what is older. */
  expire(beforeUnixMs: number): void;
  /** Oldest first; each is read and renewed when it is asked for, so that whoever reads can let others have their turn. Null now and then where
   *  much was looked at and nothing of it is given: there is more to come, and others may wait. */
  frames(renewed: Renewed, asked?: FramesAsked): Iterable<RecorderFrame | null>;
  keys(limit: number): readonly KeyState[];
  resize(maxBytes: number, maxKeys: number): void;
  /** What is wrong with it, in words; null when nothing is. */
  readonly problem: string | null;
  /** What is kept for a later agent stays. */
  close(): void;
  /** Everything goes, for good. */
  clear(): void;
}

// A plain flight recorder: requests of recorded records, newest last, bounded in bytes; the oldest chunk goes first.
import { BoundedQueue } from '../../base/index.ts';
import type { Signal } from '../../model/index.ts';

export interface RecorderChunk { readonly signal: Signal; readonly bytes: Uint8Array; readonly records: number; readonly atUnixMs: number }
export interface RecorderState { name: string; records: number; bytes: number; maxBytes: number; evicted: number; oldestUnixMs: number | null }

// A snapshot at hand, read and analysed.
import { analyseHeap } from '../graph/analyse.ts';
import type { HeapAnalysis } from '../graph/analysis.ts';
import type { Heap } from '../model.ts';
import { HeapReader } from '../parse/heap-reader.ts';
import { encodeUtf8, type Result } from '../../base/index.ts';
import { drawnSnapshot, type DrawnNode, type DrawnOptions } from './drawn-snapshot.ts';

/** @param cuts where the bytes are cut into chunks, in ascending order */
export function readBytes(bytes: Uint8Array, cuts: readonly number[] = []): Result<Heap> {
  const reader = new HeapReader(bytes.length);
  let from = 0;
  for (const cut of [...cuts, bytes.length]) { reader.push(bytes.subarray(from, cut)); from = cut; }
  return reader.finish();
}

export const readText = (text: string, cuts: readonly number[] = []): Result<Heap> => readBytes(encodeUtf8(text), cuts);

/** Throws what the reader refuses. */
export function heapOf(bytes: Uint8Array): Heap {
  const heap = readBytes(bytes);
  if (!heap.ok) throw new Error(heap.error.message);
  return heap.value;
}

export const analysisOf = (bytes: Uint8Array): HeapAnalysis => analyseHeap(heapOf(bytes));
export const drawn = (nodes: readonly DrawnNode[], options?: DrawnOptions): HeapAnalysis => analysisOf(encodeUtf8(drawnSnapshot(nodes, options)));

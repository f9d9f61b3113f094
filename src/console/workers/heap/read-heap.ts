// From the bytes of a snapshot to everything that is computed once per snapshot, with progress all the way.
import { analyseHeap, HeapReader, type HeapAnalysis, type NameJudge } from '../../../heap/index.ts';
import { sourceName, streamSource } from '../artifact-source/index.ts';
import { CallFailure, type ServedWork } from '../calls/index.ts';
import { heldBytes } from './held-bytes.ts';
import type { HeapProgress, HeapSource, OpenedHeap } from './types.ts';

export interface ReadHeap { readonly analysis: HeapAnalysis; readonly opened: OpenedHeap }

/** A page that draws each step would have no time for anything else. */
const toldEveryMs = 50;

/** Throws CallFailure with cause and next step. */
export async function readHeap(source: HeapSource, work: ServedWork<HeapProgress>): Promise<ReadHeap> {
  const { signal } = work;
  const progress = nowAndThen(work.progress);
  const started = performance.now();
  const reading = new Reading(progress);
  const judging = judge();
  const streamed = await streamSource(source, reading, signal);
  signal.throwIfAborted();
  if (!streamed.ok) throw new CallFailure(streamed.error.message, streamed.error.help);
  const heap = reading.finish();
  if (!heap.ok) throw new CallFailure(heap.error.message, heap.error.help);
  const { fileBytes, nodes, edges, strings } = heap.value;
  const judged = await judging;
  const analysis = analyseHeap(heap.value, share => progress({ stage: 'analysing', share, bytes: fileBytes, totalBytes: fileBytes }), judged);
  return { analysis, opened: {
    fileName: sourceName(source), fileBytes, nodes: nodes.count, edges: edges.count, strings: strings.count,
    heapBytes: analysis.shallowTotal, heldBytes: heldBytes(analysis), tookMs: Math.round(performance.now() - started),
  } };
}

/** Most of this worker's code is redaction's: it comes while the file is read, so that the first byte does not wait for it. */
function judge(): Promise<NameJudge> {
  const judging = import('./name-judge.ts').then(({ nameJudge }) => nameJudge());
  // Told where it is waited for, if the file can be read at all.
  judging.catch(() => undefined);
  return judging;
}

/** Whole stages are always told. */
function nowAndThen(progress: (progress: HeapProgress) => void): (progress: HeapProgress) => void {
  let toldMs = -Infinity;
  return step => {
    const now = performance.now();
    if (step.share < 1 && now - toldMs < toldEveryMs) return;
    toldMs = now;
    progress(step);
  };
}

class Reading {
  readonly #progress: (progress: HeapProgress) => void;
  #reader = new HeapReader(0);
  #totalBytes = 0;
  #bytes = 0;

  constructor(progress: (progress: HeapProgress) => void) { this.#progress = progress; }

  begin(totalBytes: number): boolean {
    this.#reader = new HeapReader(totalBytes);
    this.#totalBytes = totalBytes;
    return true;
  }

  chunk(bytes: Uint8Array): boolean {
    this.#reader.push(bytes);
    this.#bytes += bytes.length;
    this.#progress({ stage: 'reading', share: this.#reader.share, bytes: this.#bytes, totalBytes: this.#totalBytes });
    return this.#reader.failed === null;
  }

  finish(): ReturnType<HeapReader['finish']> { return this.#reader.finish(); }
}

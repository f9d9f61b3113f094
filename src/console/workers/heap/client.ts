// What the page holds of an open snapshot: its own worker, which ends with it.
import { createCallClient, endOfWorker, type CallEnd, type FromCallWorker, type ToCallWorker } from '../calls/index.ts';
import type { HeapCalls, HeapClient, HeapProgress } from './types.ts';

type End = CallEnd<ToCallWorker, FromCallWorker<HeapProgress>>;

/** The worker starts at once; `close` ends it. */
export const createHeapClient = (connect: () => End = startWorker): HeapClient => createCallClient<HeapCalls, HeapProgress>(connect(), 'The snapshot was closed.');

const startWorker = (): End => endOfWorker(new Worker(new URL('./heap.worker.ts', import.meta.url), { type: 'module', name: 'heap' }), 'The reader of heap snapshots');

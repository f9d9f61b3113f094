// Public face of the heap worker.
export { createHeapClient } from './client.ts';
export { serveHeap } from './serve.ts';
export type { ComparedHeap, HeapCalls, HeapClient, HeapProgress, HeapSource, ListFilter, OpenedHeap, RootPath, SummaryRow } from './types.ts';

// What an open snapshot is compared with, read into the same worker.
import { useCompared, type Compared } from '../../../state/index.ts';
import { CallFailure } from '../../../workers/calls/index.ts';
import type { ComparedHeap, HeapClient, HeapProgress, HeapSource } from '../../../workers/heap/index.ts';
import { asFailure, starting } from './use-heap.ts';

export type BaseState = Compared<HeapProgress, ComparedHeap, CallFailure>;

/** Compared anew when `key` changes; undefined or no source compares with nothing. */
export const useBase = (client: HeapClient, key: string | undefined, source: HeapSource | null): BaseState => useCompared(client, source === null ? undefined : key, {
  starting, failed: asFailure,
  open: (signal, progress) => (source === null ? Promise.reject(new CallFailure('There is no such snapshot.', 'Choose another.')) : client.ask({ signal, progress }, 'openBase', source)),
  close: () => void client.ask({}, 'closeBase').catch(() => undefined),
});

// The heap worker within the test's own thread, and a client of it.
import { inProcess, testWorker } from '../../calls/testing/in-process.ts';
import { createHeapClient } from '../client.ts';
import { serveHeap } from '../serve.ts';
import type { HeapClient } from '../types.ts';

export const heapInProcess = (): HeapClient => createHeapClient(() => inProcess(serveHeap));

/** In place of the browser's Worker: `vi.stubGlobal('Worker', HeapTestWorker)`. */
export const HeapTestWorker = testWorker(serveHeap);

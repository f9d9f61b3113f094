// Entry of the heap worker.
import { endInWorker } from '../calls/index.ts';
import { serveHeap } from './serve.ts';

serveHeap(endInWorker());

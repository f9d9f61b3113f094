// A HeapService at one end of a message channel.
import { serveCalls, type CallEnd, type FromCallWorker, type ToCallWorker } from '../calls/index.ts';
import { HeapService } from './heap-service.ts';
import type { HeapCalls, HeapProgress } from './types.ts';

export function serveHeap(end: CallEnd<FromCallWorker<HeapProgress>, ToCallWorker>): void {
  const service = new HeapService();
  serveCalls(end, (name, args, work) => service.answer(name as keyof HeapCalls, args, work), { who: 'The reader of heap snapshots', roomier: 'Close other tabs, or compare without a second snapshot.' });
}

import type { Exporter } from './types.ts';

/** Stands in when there is no downstream: counts what it throws away, and says so. */
export function discardingExporter(name: string): Exporter {
  let discarded = 0;
  return {
    enqueue(batch) { discarded += batch.records; return null; },
    status: () => ({
      name, url: null, state: 'none', message: 'No downstream is set, so what leaves the agent is counted and discarded. Start with --forward URL to send it on.',
      sentRecords: 0, sentBytes: 0, queuedRecords: 0, queuedBytes: 0, maxQueuedBytes: 0,
      droppedQueueFull: 0, droppedRefused: 0, discardedNoDownstream: discarded, retries: 0,
    }),
    progress: () => ({ taken: 0, oldest: 0 }),
    drain: async () => {},
    close() {},
  };
}

// The runs that the mock console starts with: running, sending, done, refused, failed, cancelled.
import type { ActionRun } from '../../src/model/index.ts';
import type { MockBackend } from '../backend.ts';

const one = '0191f0c4a1b27c3e9d4f5a6b7c8d9e01';
const two = '0191f0c4a1b27c3e9d4f5a6b7c8d9e02';
const net = { kind: 'net', name: 'checkout-queue-stuck', id: null } as const;
const checkout = { pid: 4121 };

export function seedActions(backend: MockBackend): void {
  const now = backend.clock();
  const over = (minutesAgo: number, tookMs: number, more: Partial<ActionRun> = {}): Partial<ActionRun> => { const at = now - minutesAgo * 60_000; return { requestedUnixMs: at, startedUnixMs: at, finishedUnixMs: at + tookMs, progress: { share: 1, text: 'Done' }, ...more }; };
  const { actions } = backend;
  const brought = (kind: string) => backend.artifacts.kept.filter(({ artifact }) => artifact.kind === kind && artifact.rule === 'checkout-queue-stuck').map(({ artifact }) => artifact);
  actions.add({ agent: one, action: 'diagnostic-command', parameters: { command: 'lsof -nP -p {pid}' }, target: checkout }, 'cancelled', over(63, 900, { progress: { share: null, text: 'Cancelled' } }));
  actions.add({ agent: two, action: 'packet-capture', parameters: { filter: 'prot 5432' } }, 'failed', over(48, 120, { progress: { share: null, text: 'Failed' }, why: { code: 'action.tool-failed', message: 'tcpdump ended with code 1: can\'t parse filter expression: syntax error.', help: 'Filters are those of pcap-filter(7), such as "port 5432".' } }));
  actions.add({ agent: one, action: 'collect-state', target: checkout }, 'done', over(6, 240, { asker: net, artifacts: brought('state'), figures: { files: 14 } }));
  actions.add({ agent: one, action: 'cpu-sample', target: checkout, parameters: { durationMs: 10_000 } }, 'done', over(5.2, 10_038, { asker: net, artifacts: brought('cpu-profile'), figures: { pauseMs: 38, samples: 9964 }, notes: ['Two samples fell into the time in which the profiler was started.'] }));
  actions.add({ agent: one, action: 'collect-recorder', parameters: { recorder: 'checkout-verbose' } }, 'done', over(5.1, 310, { asker: net, artifacts: brought('recorder'), figures: { records: 412 } }));
  actions.add({ agent: two, action: 'memory-dump', target: { pid: 3987 } }, 'refused', over(4, 0, { startedUnixMs: null, progress: { share: null, text: 'Refused' }, asker: net, why: { code: 'action.headroom', message: 'A snapshot of checkout needs about 1.6 GiB of memory; 0.9 GiB is free.', help: 'Take a heap sample: it needs almost none. Or free memory on web-2.shop.local.' } }));
  actions.add({ agent: one, action: 'memory-dump', target: checkout }, 'uploading', { requestedUnixMs: now - 30_000, startedUnixMs: now - 30_000, progress: { share: 0.64, text: 'Sending 61 of 96 MiB' }, figures: { pauseMs: 6120 } });
  actions.start({ agent: one, action: 'packet-capture', parameters: { filter: 'port 5432', durationMs: 120_000 }, reason: 'Is it the database?' });
}

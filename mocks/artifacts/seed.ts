// What the mock shop has collected when the console opens: something of every kind, in every state.
import type { MockArtifacts } from './store.ts';
import { commandOutput, configOf, recordingOf, stateOf } from './files.ts';
import { madeHeap } from './heaps.ts';
import { madeCapture } from './packets.ts';
import { foldedStacks, madeCpuProfile } from './profiles.ts';
import { madeThreads } from './threads.ts';

const [one, two] = [{ id: '0191f0c4a1b27c3e9d4f5a6b7c8d9e01', name: 'shop-1' }, { id: '0191f0c4a1b27c3e9d4f5a6b7c8d9e02', name: 'shop-2' }];
const checkout = { service: 'checkout', process: { pid: 4121, name: 'node' } };

export async function seedArtifacts(artifacts: MockArtifacts, now: number): Promise<void> {
  const minutes = (count: number) => now - count * 60_000;
  await artifacts.add({ kind: 'cpu-profile', format: 'folded', name: 'before-the-release.folded', summary: 'Brought by you', createdUnixMs: minutes(2900) }, foldedStacks, { by: 'you', pinned: true, expiresAt: null });
  await artifacts.add({ kind: 'heap-profile', format: 'heapprofile', name: 'cart.heapprofile', summary: 'Allocations of cart (pid 4088), 30 s', createdUnixMs: minutes(190), service: 'cart' }, foldedStacks, { agent: one, state: 'damaged' });
  await artifacts.add({ kind: 'config', format: 'json', name: 'checkout-config.json', summary: 'Configuration of checkout (pid 3987)', createdUnixMs: minutes(42), service: 'checkout', process: { pid: 3987, name: 'node' } }, () => configOf('web-2.shop.local', 'greedy', 20), { agent: two });
  await artifacts.add({ kind: 'command-output', format: 'text', name: 'ss.txt', summary: 'ss -s', createdUnixMs: minutes(41) }, commandOutput, { agent: one });
  await artifacts.add({ kind: 'packet-capture', format: 'pcapng', name: 'checkout-5432.pcapng', summary: 'Packets of port 5432 on shop-1, 3 s', createdUnixMs: minutes(24), sensitive: true, ...checkout, fromUnixMs: minutes(24) - 3000, toUnixMs: minutes(24) }, () => madeCapture(minutes(24) - 3000), { agent: one });
  await artifacts.add({ kind: 'state', format: 'json', name: 'checkout-state.json', summary: 'State of checkout (pid 4121)', createdUnixMs: minutes(6), ...checkout, rule: 'checkout-queue-stuck' }, () => stateOf(4121), { agent: one });
  await artifacts.add({ kind: 'config', format: 'json', name: 'checkout-config.json', summary: 'Configuration of checkout (pid 4121)', createdUnixMs: minutes(6), ...checkout, rule: 'checkout-queue-stuck' }, () => configOf('web-1.shop.local', 'exhaustive', 8), { agent: one });
  await artifacts.add({ kind: 'cpu-profile', format: 'cpuprofile', name: 'checkout-4.11.3.cpuprofile', summary: 'CPU sample of checkout (pid 4121), 10 s', createdUnixMs: minutes(46), ...checkout, fromUnixMs: minutes(46), toUnixMs: minutes(46) + 10_000 }, () => madeCpuProfile({ hot: false, seconds: 10, startUnixMs: minutes(46), seed: 2 }), { agent: one });
  await artifacts.add({ kind: 'cpu-profile', format: 'cpuprofile', name: 'checkout-2.cpuprofile', summary: 'CPU sample of checkout (pid 3987), 10 s', createdUnixMs: minutes(4.8), service: 'checkout', process: { pid: 3987, name: 'node' }, fromUnixMs: minutes(4.8), toUnixMs: minutes(4.8) + 10_000 }, () => madeCpuProfile({ hot: false, seconds: 10, startUnixMs: minutes(4.8), seed: 3 }), { agent: two });
  await artifacts.add({ kind: 'cpu-profile', format: 'cpuprofile', name: 'checkout.cpuprofile', summary: 'CPU sample of checkout (pid 4121), 10 s', createdUnixMs: minutes(5), ...checkout, rule: 'checkout-queue-stuck', incident: 'incident-142', figures: { samples: 9964, pauseMs: 38 }, fromUnixMs: minutes(5.2), toUnixMs: minutes(5.2) + 10_400 }, () => madeCpuProfile({ hot: true, seconds: 10.4, startUnixMs: minutes(5.2), seed: 1 }), { agent: one });
  await artifacts.add({ kind: 'recorder', format: 'otlp-frames', name: 'checkout-verbose.weirrec', summary: 'Flight recorder checkout-verbose, 6 s', createdUnixMs: minutes(5), service: 'checkout', rule: 'checkout-queue-stuck', fromUnixMs: minutes(5) - 6000, toUnixMs: minutes(5) }, () => recordingOf(minutes(5)), { agent: one });
  const heap = { kind: 'heap-snapshot', format: 'heapsnapshot', sensitive: true, ...checkout } as const;
  await artifacts.add({ ...heap, name: 'checkout-13-24.heapsnapshot', summary: 'Heap of checkout (pid 4121)', createdUnixMs: minutes(42), figures: { pauseMs: 212 } }, () => madeHeap({ sessions: 61, sockets: 2 }), { agent: one });
  await artifacts.add({ ...heap, name: 'checkout-14-01.heapsnapshot', summary: 'Heap of checkout (pid 4121)', createdUnixMs: minutes(5), rule: 'checkout-queue-stuck', incident: 'incident-142', figures: { pauseMs: 610, estimatedPauseMs: 560 } }, () => madeHeap({ sessions: 4012, sockets: 190 }), { agent: one });
  await artifacts.add({ kind: 'thread-stacks', format: 'text', name: 'checkout-4121.stacks.txt', summary: 'Stacks of 7 threads of checkout (pid 4121)', createdUnixMs: minutes(4.5), ...checkout, figures: { threads: 7 } }, madeThreads, { agent: one });
  const bytes = 96 * 2 ** 20;
  await artifacts.add({ kind: 'heap-snapshot', format: 'heapsnapshot', name: 'checkout.heapsnapshot', summary: 'Heap of checkout (pid 4121)', createdUnixMs: now - 20_000, bytes, sensitive: true, ...checkout }, () => new Uint8Array(0), { agent: one, state: 'uploading', receivedBytes: Math.round(bytes * 0.64), storedAt: null, verifiedAt: null });
}

// What is in the mock artifacts: small, but true to their formats, so that every viewer has something to read.
import { encodeFrames } from '../../src/engine/index.ts';
import { recordedStartMs, shiftRequest, type RecordedRequest } from '../tail-replay.ts';

const text = (value: unknown): Uint8Array => new TextEncoder().encode(typeof value === 'string' ? value : `${JSON.stringify(value, null, 2)}\n`);

/** The recorded traffic of the shop as a recorder holds it, ending at `toMs`. */
export async function recordingOf(toMs: number): Promise<Uint8Array> {
  const traffic = (await import('../fixtures/traffic.json')).default as readonly RecordedRequest[];
  const shiftMs = toMs - 6000 - recordedStartMs(traffic);
  return encodeFrames(traffic.flatMap(request => {
    const shifted = shiftRequest(request, shiftMs);
    return shifted === null ? [] : [{ signal: request.signal, key: '', atUnixMs: toMs - 6000 + request.atMs, records: shifted.records, bytes: shifted.payload, epoch: -1 }];
  }));
}

export const configOf = (host: string, priceSearch: string, pool: number): Uint8Array => text({
  command: 'node src/checkout.ts', versions: { node: '24.4.1', checkout: '4.12.0' }, host,
  environment: { NODE_ENV: 'production', PRICE_SEARCH: priceSearch, DB_POOL: String(pool), SOURCE_TOKEN: '••••••' },
  files: { 'config/queue.yaml': 'workers: 8\nbound: 204\ndrain: steady\n' },
});

export const stateOf = (pid: number): Uint8Array => text({
  status: { Name: 'node', Pid: pid, Threads: 11, VmRSS: '188412 kB', voluntary_ctxt_switches: 184_201 },
  limits: { 'Max open files': 1_048_576, 'Max processes': 31_204 },
  fds: { open: 61, sockets: 44, files: 12, pipes: 5 },
  eventLoop: { delayP99Ms: 212, utilization: 0.97 }, gc: { major: 14, minor: 902, pauseMsLastMinute: 381 },
});

export const commandOutput = (): Uint8Array => text('Total: 412\nTCP:   188 (estab 131, closed 24, orphaned 0, timewait 24)\n\nTransport Total     IP        IPv6\nUDP       9         7         2\nTCP       164       151       13\n');

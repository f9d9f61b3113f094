// A process that is gone, as a log record: `process.exited` goes through the rules like any other, so that a net can wait for it and a
// person finds it in the tail. There is no semantic convention for the event; its attributes are those of processes.
import { encodeLogs } from '../../otlp/index.ts';
import type { GoneProcess } from '../processes/index.ts';

export const processExitedEvent = 'process.exited';
const warn = 13;

export function processExited({ pid, name, service, goneUnixMs, lastSeenUnixMs }: GoneProcess, host: string): Uint8Array {
  const who = `${service ?? name ?? 'A process'} (pid ${pid}${name === null || service === null ? '' : `, ${name}`})`;
  return encodeLogs({ ...(service === null ? {} : { 'service.name': service }), 'host.name': host, 'process.pid': pid }, 'weir.agent', [{
    timeUnixNano: BigInt(lastSeenUnixMs) * 1_000_000n, observedUnixNano: BigInt(goneUnixMs) * 1_000_000n, severityNumber: warn, severityText: 'WARN', eventName: processExitedEvent,
    body: `${who} is gone.`, attributes: { 'process.pid': pid, ...(name === null ? {} : { 'process.executable.name': name }) },
  }]);
}

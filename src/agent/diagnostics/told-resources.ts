// Reads which process each passing resource is of: semantic conventions `process.pid`, `host.*` and `container.id` beside `service.name` and `service.version`.
import { attributeKey, codec, columnId, type RecordCursor, type RequestView, type Value } from '../../otlp/index.ts';
import type { ServiceBook } from '../processes/index.ts';

const [pid, version, hostName, hostId, containerId] = ['process.pid', 'service.version', 'host.name', 'host.id', 'container.id'].map(attributeKey) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];

/** A machine has fewer processes that speak in one request; more of them is somebody's play. */
const mostResources = 512;

/** One look per resource of a request, as far as the bound; nothing is read from elsewhere. */
export function resourceReader(services: Pick<ServiceBook, 'tell' | 'passOver'>): (view: RequestView) => void {
  const cursor: RecordCursor = codec.cursor();
  return (view) => {
    let [resource, looked] = [-1, 0];
    cursor.reset(view);
    for (let i = 0; i < view.recordCount; i++) {
      if (view.resourceOf(i) === resource) continue;
      resource = view.resourceOf(i);
      if (looked++ >= mostResources) { services.passOver(); return; }
      cursor.moveTo(i);
      const number = Number(cursor.resourceAttribute(pid) ?? Number.NaN);
      if (!Number.isSafeInteger(number) || number <= 0) continue;
      services.tell({ service: text(cursor.column(columnId(view.signal, 'ServiceName'))), version: text(cursor.resourceAttribute(version)), pid: number, hostName: text(cursor.resourceAttribute(hostName)), hostId: text(cursor.resourceAttribute(hostId)), containerId: text(cursor.resourceAttribute(containerId)) });
    }
  };
}

const text = (value: Value): string | null => (typeof value === 'string' && value !== '' ? value : null);

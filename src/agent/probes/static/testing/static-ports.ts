// Ports of a static probe for tests: what was taken is decoded again, the exporters can be full, positions stay in memory between two probes.
import { ok } from '../../../../base/index.ts';
import { codec, columnId, type Value } from '../../../../otlp/index.ts';
import type { StaticPorts } from '../../contract.ts';

export interface TakenRecord { readonly body: string; readonly attributes: Record<string, Value>; readonly resource: Record<string, Value>; readonly severity: Value; readonly severityText: Value; readonly time: Value; readonly traceId: Value; readonly eventName: Value }

const columns = ['Body', 'Attributes', 'Resource', 'SeverityNumber', 'SeverityText', 'Timestamp', 'TraceId', 'EventName'].map((name) => columnId('logs', name)!);

export function decodeRecords(request: Uint8Array): TakenRecord[] {
  const view = codec.walk('logs', request);
  if (!view.ok) throw new Error(view.error.message);
  const cursor = codec.cursor();
  cursor.reset(view.value);
  return Array.from({ length: view.value.recordCount }, (_, i) => {
    cursor.moveTo(i);
    const [body, attributes, resource, severity, severityText, time, traceId, eventName] = columns.map((column) => cursor.column(column));
    return { body: String(body), attributes: attributes as Record<string, Value>, resource: resource as Record<string, Value>, severity: severity!, severityText: severityText!, time: time!, traceId: traceId!, eventName: eventName! };
  });
}

export class TestPorts implements StaticPorts {
  readonly probe = { id: 's1', name: 'source' };
  readonly records: TakenRecord[] = [];
  readonly files = new Map<string, Uint8Array>();
  readonly hostName = 'test-host';
  readonly nowUnixMs = (): number => Date.now();
  readonly allowedFiles: StaticPorts['allowedFiles'];
  isFull = false;
  refusals = 0;
  largest = 0;
  readonly positions: StaticPorts['positions'] = {
    read: async (name) => this.files.get(name) ?? null,
    write: async (name, bytes) => { this.files.set(name, bytes); },
  };

  constructor(allowed: readonly string[] = []) { this.allowedFiles = async () => ok(allowed); }

  /** What was taken stays in the agent's memory. */
  isHeld = false;
  readonly mark = (): (() => boolean) => { const isHeld = this.isHeld; return () => !isHeld || !this.isHeld; };
  readonly deliver = (request: Uint8Array): 'taken' | 'later' => {
    if (this.isFull) { this.refusals++; return 'later'; }
    const records = decodeRecords(request);
    this.largest = Math.max(this.largest, records.length);
    this.records.push(...records);
    return 'taken';
  };

  get bodies(): string[] { return this.records.map(({ body }) => body); }
}

export const numbered = (from: number, to: number, name = 'line'): string[] => Array.from({ length: to - from }, (_, i) => `${name} ${from + i}`);

// Puts records into a catalogue as a pipeline does: walked, hashed, observed one by one.
import type { Signal } from '../../model/index.ts';
import { codec, columnId, durableIdHash, encodeLogs, hashBytes, type LogInput, type Value } from '../../otlp/index.ts';
import type { Catalogue } from '../record/index.ts';

export const serviceHashOf = (service: string): number => hashBytes(new Uint8Array([...service].map((char) => char.charCodeAt(0))));

/** Every record of an export request. */
export function feed(catalogue: Catalogue, signal: Signal, bytes: Uint8Array, nowUnixMs: number): void {
  const walked = codec.walk(signal, bytes);
  if (!walked.ok) throw new Error(walked.error.message);
  const cursor = codec.cursor();
  cursor.reset(walked.value);
  for (let i = 0; i < walked.value.recordCount; i++) {
    cursor.moveTo(i);
    const service = cursor.slice(columnId(signal, 'ServiceName')) ? hashBytes(bytes, cursor.sliceStart, cursor.sliceEnd) : 0;
    cursor.moveTo(i);
    catalogue.observe(cursor, durableIdHash(cursor), service, nowUnixMs);
  }
}

/** The same for all records of a request at once. */
export function feedAll(catalogue: Catalogue, signal: Signal, bytes: Uint8Array, nowUnixMs: number): void {
  const walked = codec.walk(signal, bytes);
  if (!walked.ok) throw new Error(walked.error.message);
  const { value: view } = walked;
  const cursor = codec.cursor();
  cursor.reset(view);
  const hashes = new Int32Array(view.recordCount);
  const services = new Int32Array(view.resourceCount);
  for (let i = 0; i < view.recordCount; i++) {
    cursor.moveTo(i);
    hashes[i] = durableIdHash(cursor);
    services[view.resourceOf(i)] = cursor.slice(columnId(signal, 'ServiceName')) ? hashBytes(bytes, cursor.sliceStart, cursor.sliceEnd) : 0;
  }
  catalogue.observeAll(cursor, hashes, services, nowUnixMs);
}

export function feedLogs(catalogue: Catalogue, records: readonly LogInput[], nowUnixMs: number, resource: Readonly<Record<string, Value>> = { 'service.name': 'shop', 'service.version': '1.0.0' }): void {
  feed(catalogue, 'logs', encodeLogs(resource, 'shop.orders', records), nowUnixMs);
}

// Printing one JSON document a line, at the pace of whoever reads.
import { once } from 'node:events';
import type { Value } from '../../otlp/index.ts';

const batchBytes = 64 * 1024;

/** JSON of an engine value: integers beyond 2^53 in full, bytes as base64. */
export function toJson(value: Value): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return Number.isFinite(value) ? JSON.stringify(value) : JSON.stringify(String(value));
  if (typeof value !== 'object') return JSON.stringify(value);
  if (value instanceof Uint8Array) return JSON.stringify(Buffer.from(value).toString('base64'));
  if (Array.isArray(value)) return `[${value.map(toJson).join(',')}]`;
  return `{${Object.entries(value as Record<string, Value>).map(([key, one]) => `${JSON.stringify(key)}:${toJson(one)}`).join(',')}}`;
}

export async function printLines(lines: AsyncIterable<string> | Iterable<string>): Promise<void> {
  let pending = '';
  const write = async (): Promise<void> => {
    if (pending !== '' && !process.stdout.write(pending)) await once(process.stdout, 'drain');
    pending = '';
  };
  for await (const line of lines) {
    pending += `${line}\n`;
    if (pending.length >= batchBytes) await write();
  }
  await write();
}

// The last records that were handed over, for a person who looks at the probe: a bounded beginning of each. Not redacted: whoever shows them does that first.
import type { LatestLine } from '../contract.ts';
import type { StaticRecord } from './record.ts';

const mostLines = 20;
/** More than is shown of it, so that what is cut through is hidden as a whole before. */
const mostUnits = 4096;

export class LatestLines {
  #lines: readonly LatestLine[] = [];

  get lines(): readonly LatestLine[] { return this.#lines; }

  take(records: readonly StaticRecord[], unixMs: number): void {
    const fresh = records.slice(-mostLines).map((record) => ({ unixMs, values: valuesOf(record) }));
    if (fresh.length > 0) this.#lines = [...this.#lines, ...fresh].slice(-mostLines);
  }
}

function valuesOf({ resource, log: { body, severityText, attributes } }: StaticRecord): LatestLine['values'] {
  const text = typeof body === 'string' ? body : JSON.stringify(body, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)) ?? '';
  const [level, file, service] = [severityText, attributes?.['log.file.name'], resource['service.name']].map((value) => (typeof value === 'string' && value !== '' ? value : null));
  return { ...(level !== null && { level }), line: text.slice(0, mostUnits), ...(service !== null && { service }), ...(file !== null && { file }) };
}

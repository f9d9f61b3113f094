import { defaultExporter, type OutBatch } from '../../engine/index.ts';
import type { PartialSuccess } from '../../otlp/index.ts';
import type { Exporter, ExporterStatus, Outgoing } from './types.ts';

/** The named exporters that `route` can send to. A name that nobody configured goes to the default exporter, and is reported. */
export class ExporterSet {
  readonly #byName: ReadonlyMap<string, Exporter>;
  readonly #default: Exporter;
  readonly #unknown = new Map<string, number>();

  /** `byName` must hold `default`. */
  constructor(byName: ReadonlyMap<string, Exporter>) {
    this.#byName = byName;
    this.#default = byName.get(defaultExporter)!;
  }

  /** An empty name means the default exporter. */
  send(batch: OutBatch): PartialSuccess | null {
    return this.#find(batch).enqueue(batch);
  }

  sendToDefault(batch: Outgoing): PartialSuccess | null { return this.#default.enqueue(batch); }

  get hasDownstream(): boolean { return this.#default.status().state !== 'none'; }

  statuses(): ExporterStatus[] { return [...this.#byName.values()].map((exporter) => exporter.status()); }

  /** Sentences for the health report about routes that lead nowhere. */
  problems(): string[] {
    return [...this.#unknown].map(([name, count]) =>
      `A rule routes to exporter "${name}", which this agent does not have: ${count} records went to the default exporter. Configure the exporter or change the rule.`);
  }

  async drain(timeoutMs: number): Promise<void> {
    await Promise.all([...this.#byName.values()].map((exporter) => exporter.drain(timeoutMs)));
  }

  close(): void { for (const exporter of this.#byName.values()) exporter.close(); }

  #find({ exporter: name, records }: OutBatch): Exporter {
    if (name === '' || name === defaultExporter) return this.#default;
    const found = this.#byName.get(name);
    if (found !== undefined) return found;
    if (this.#unknown.has(name) || this.#unknown.size < maxUnknownNames) this.#unknown.set(name, (this.#unknown.get(name) ?? 0) + records);
    return this.#default;
  }
}

const maxUnknownNames = 20;

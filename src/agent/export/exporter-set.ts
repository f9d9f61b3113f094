import { defaultExporter, type OutBatch } from '../../engine/index.ts';
import type { PartialSuccess } from '../../otlp/index.ts';
import type { Exporter, ExporterStatus, Outgoing } from './types.ts';

/** False keeps the batch here. */
export type OnLeaving = (exporter: string, batch: Outgoing) => boolean;

/** The named exporters that `route` can send to. A name that nobody configured goes to the default exporter, and is reported. */
export class ExporterSet {
  readonly #byName: ReadonlyMap<string, Exporter>;
  readonly #default: Exporter;
  readonly #onLeaving: OnLeaving;
  readonly #unknown = new Map<string, number>();

  /** `byName` must hold `default`. `onLeaving` sees every batch before its exporter does. */
  constructor(byName: ReadonlyMap<string, Exporter>, onLeaving: OnLeaving = () => true) {
    this.#byName = byName;
    this.#onLeaving = onLeaving;
    this.#default = byName.get(defaultExporter)!;
  }

  /** An empty name means the default exporter. */
  send(batch: OutBatch): PartialSuccess | null {
    return this.#hand(this.#nameOf(batch), batch);
  }

  sendToDefault(batch: Outgoing): PartialSuccess | null { return this.#hand(defaultExporter, batch); }

  #hand(name: string, batch: Outgoing): PartialSuccess | null {
    if (!this.#onLeaving(name, batch)) return null;
    return this.#byName.get(name)!.enqueue(batch);
  }

  /** Of now; the answer says whether all that was taken until now has left by then, or was dropped and counted. */
  mark(): () => boolean {
    const marks = [...this.#byName.values()].map((exporter) => ({ exporter, taken: exporter.progress().taken }));
    return () => marks.every(({ exporter, taken }) => exporter.progress().oldest >= taken);
  }

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

  #nameOf({ exporter: name, records }: OutBatch): string {
    if (name === '') return defaultExporter;
    if (this.#byName.has(name)) return name;
    if (this.#unknown.has(name) || this.#unknown.size < maxUnknownNames) this.#unknown.set(name, (this.#unknown.get(name) ?? 0) + records);
    return defaultExporter;
  }
}

const maxUnknownNames = 20;

// The agent's heartbeat: once a second a status report, every ten seconds the same figures as OTLP metrics downstream.
import type { Clock } from '../base/index.ts';
import type { AgentStatus } from '../model/index.ts';
import type { Codec, Value } from '../otlp/index.ts';
import type { ExporterSet } from './export/index.ts';
import type { Counts } from './pipeline/index.ts';
import { agentStatusNow, ownMetricPoints, ProcessMeter } from './telemetry/index.ts';

export interface ReporterOptions {
  readonly clock: Clock;
  readonly counts: Counts;
  readonly codec: Pick<Codec, 'encodeMetrics'>;
  readonly exporters: Pick<ExporterSet, 'hasDownstream' | 'sendToDefault'>;
  readonly resource: () => Readonly<Record<string, Value>>;
  readonly sources: Parameters<typeof agentStatusNow>[0];
  readonly onStatus: (status: AgentStatus) => void;
}

const statusEveryMs = 1000;
const reportsPerMetrics = 10;

export class Reporter {
  readonly #options: ReporterOptions;
  readonly #meter = new ProcessMeter();
  #timer: NodeJS.Timeout | null = null;
  #reports = 0;
  #lastMetrics: AgentStatus | null = null;
  #measured: AgentStatus['process'];
  #pending: NodeJS.Immediate | null = null;

  constructor(options: ReporterOptions) {
    this.#options = options;
    this.#measured = this.#meter.sample();
  }

  start(): void {
    this.#meter.start();
    this.#lastMetrics = this.#status();
    this.#timer = setInterval(() => this.#tick(), statusEveryMs);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    if (this.#pending !== null) clearImmediate(this.#pending);
    this.#meter.stop();
    this.#options.onStatus(this.#status());
  }

  /** Something happened that should not wait for the next second. The process figures are those of the last one. */
  soon(): void {
    this.#pending ??= setImmediate(() => {
      this.#pending = null;
      this.#options.onStatus(agentStatusNow(this.#options.sources, this.#measured));
    });
  }

  #status(): AgentStatus {
    this.#measured = this.#meter.sample();
    return agentStatusNow(this.#options.sources, this.#measured);
  }

  #tick(): void {
    const status = this.#status();
    this.#options.onStatus(status);
    if (++this.#reports % reportsPerMetrics === 0) this.#sendMetrics(status);
  }

  #sendMetrics(status: AgentStatus): void {
    const { codec, counts, exporters, resource } = this.#options;
    const before = this.#lastMetrics;
    this.#lastMetrics = status;
    if (before === null || !exporters.hasDownstream) return;
    const points = ownMetricPoints(before, status);
    counts.ownPoints += points.length;
    exporters.sendToDefault({ signal: 'metrics', bytes: codec.encodeMetrics(resource(), 'weir.agent', points), records: points.length });
  }
}

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

  constructor(options: ReporterOptions) { this.#options = options; }

  start(): void {
    this.#meter.start();
    this.#lastMetrics = agentStatusNow(this.#options.sources, this.#meter.sample());
    this.#timer = setInterval(() => this.#tick(), statusEveryMs);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#meter.stop();
    this.#options.onStatus(agentStatusNow(this.#options.sources, this.#meter.sample()));
  }

  #tick(): void {
    const status = agentStatusNow(this.#options.sources, this.#meter.sample());
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

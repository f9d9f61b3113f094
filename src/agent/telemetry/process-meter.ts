// What the agent itself costs, measured: CPU share, memory, event-loop delay.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { AgentStatus } from '../../model/index.ts';

/** The sampling timer's own period is part of every reading and is taken off again. */
const resolutionMs = 20;

export class ProcessMeter {
  readonly #delay = monitorEventLoopDelay({ resolution: resolutionMs });
  #cpu = process.cpuUsage();
  #atMs = performance.now();

  start(): void { this.#delay.enable(); }
  stop(): void { this.#delay.disable(); }

  /** Since the last call. CPU share is of one core: 1 means one core kept busy. */
  sample(): AgentStatus['process'] {
    const used = process.cpuUsage(this.#cpu);
    const nowMs = performance.now();
    const wallMs = Math.max(1, nowMs - this.#atMs);
    this.#cpu = process.cpuUsage();
    this.#atMs = nowMs;
    const { rss, heapUsed } = process.memoryUsage();
    const p99 = this.#delay.count === 0 ? 0 : this.#delay.percentile(99) / 1e6 - resolutionMs;
    this.#delay.reset();
    return { cpuShare: (used.user + used.system) / 1000 / wallMs, rssBytes: rss, heapUsedBytes: heapUsed, eventLoopDelayP99Ms: Math.max(0, p99) };
  }
}

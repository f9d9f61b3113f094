// The agent's own metrics as OTLP: the status report as data points. Names follow OpenTelemetry's conventions for processes and
// Node; what is Weir's own is under `weir.agent.`. Sums are delta, over the time since the last report.
import type { AgentStatus } from '../../model/index.ts';
import type { MetricPoint, Value } from '../../otlp/index.ts';

type Attributes = Readonly<Record<string, Value>>;

export function ownMetricPoints(before: AgentStatus, now: AgentStatus): MetricPoint[] {
  const time = { startUnixNano: nanos(before.atUnixMs), timeUnixNano: nanos(now.atUnixMs) };
  const sum = (name: string, unit: string, value: number, attributes: Attributes = {}): MetricPoint => ({ name, unit, kind: 'sum', monotonic: true, value, isInt: true, attributes, ...time });
  const gauge = (name: string, unit: string, value: number, attributes: Attributes = {}): MetricPoint => ({ name, unit, kind: 'gauge', monotonic: false, value, isInt: Number.isInteger(value) && unit !== '1' && unit !== 's', attributes, ...time });
  const { process } = now;
  return [
    gauge('process.cpu.utilization', '1', process.cpuShare),
    gauge('process.memory.usage', 'By', process.rssBytes),
    gauge('v8js.memory.heap.used', 'By', process.heapUsedBytes),
    gauge('nodejs.eventloop.delay.p99', 's', process.eventLoopDelayP99Ms / 1000),
    ...(['logs', 'spans', 'metrics'] as const).map((signal) => sum('weir.agent.received', '{record}', now.received[signal] - before.received[signal], { signal })),
    sum('weir.agent.received.bytes', 'By', now.received.bytes - before.received.bytes),
    sum('weir.agent.refused.requests', '{request}', now.refused.requests - before.refused.requests),
    ...(['dropped', 'sampled', 'toMetric', 'recorded', 'deduped'] as const).map((reason) => sum('weir.agent.removed', '{record}', (now.removed[reason] ?? 0) - (before.removed[reason] ?? 0), { reason: reasonNames[reason] })),
    sum('weir.agent.emitted', '{record}', now.emitted - before.emitted),
    ...now.exporters.flatMap((exporter) => exporterPoints(before.exporters.find(({ name }) => name === exporter.name), exporter, sum, gauge)),
  ];
}

const reasonNames = { dropped: 'dropped', sampled: 'sampled', toMetric: 'to_metric', recorded: 'recorded', deduped: 'deduped' } as const;

type Make = (name: string, unit: string, value: number, attributes: Attributes) => MetricPoint;
type ExporterStatus = AgentStatus['exporters'][number];

function exporterPoints(before: ExporterStatus | undefined, now: ExporterStatus, sum: Make, gauge: Make): MetricPoint[] {
  const exporter = now.name;
  const lost = (reason: string, key: 'droppedQueueFull' | 'droppedRefused'): MetricPoint => sum('weir.agent.exporter.lost', '{record}', now[key] - (before?.[key] ?? 0), { exporter, reason });
  return [
    sum('weir.agent.forwarded', '{record}', now.sentRecords - (before?.sentRecords ?? 0), { exporter }),
    sum('weir.agent.exporter.retries', '{request}', now.retries - (before?.retries ?? 0), { exporter }),
    lost('queue_full', 'droppedQueueFull'),
    lost('refused', 'droppedRefused'),
    gauge('weir.agent.exporter.queue.records', '{record}', now.queuedRecords, { exporter }),
    gauge('weir.agent.exporter.queue.bytes', 'By', now.queuedBytes, { exporter }),
  ];
}

const nanos = (unixMs: number): bigint => BigInt(Math.round(unixMs * 1000)) * 1000n;

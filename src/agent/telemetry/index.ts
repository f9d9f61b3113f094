export { agentHealth } from './health.ts';
export { ownMetricPoints } from './own-metrics.ts';
export { ProcessMeter } from './process-meter.ts';
export { agentStatusNow } from './status.ts';

export { metricRoutes, type MetricOptions } from './routes.ts';
export type { KnownEvent } from './unseen-fields.ts';

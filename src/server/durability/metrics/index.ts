export { metricRoutes, type MetricOptions } from './routes.ts';

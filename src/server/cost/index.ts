// Public face of cost/: what telemetry costs, and what rules save.
export { CostService } from './cost-service.ts';
export { costRoutes } from './routes.ts';

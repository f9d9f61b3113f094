export { ProbeLooks } from './looks.ts';
export { ProbeService } from './probe-service.ts';
export { probeRoutes } from './routes.ts';

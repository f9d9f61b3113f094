export { RipCordService } from './rip-cord-service.ts';
export { ripCordRoutes } from './routes.ts';

export { NetService } from './net-service.ts';
export { netRoutes } from './routes.ts';

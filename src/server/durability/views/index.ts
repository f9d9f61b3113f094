export { storedViews } from './documents.ts';
export { viewRoutes } from './routes.ts';
export { Views } from './view-service.ts';

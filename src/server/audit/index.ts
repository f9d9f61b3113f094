export { record } from './audit.ts';
export { auditRoutes } from './routes.ts';

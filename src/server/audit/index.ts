export { record, weirItself, type Actor } from './audit.ts';
export { auditRoutes } from './routes.ts';

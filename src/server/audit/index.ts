export { record, type Deed } from './audit.ts';
export { auditRoutes } from './routes.ts';

export { KeyPeriods } from './key-periods.ts';
export { RedactionService } from './redaction-service.ts';
export { redactionRoutes } from './routes.ts';

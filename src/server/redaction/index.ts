export { KeyPeriods } from './key-periods.ts';
export { RedactionService } from './redaction-service.ts';
export { ToldNames, type NamedThing } from './told-names.ts';
export { redactionRoutes } from './routes.ts';

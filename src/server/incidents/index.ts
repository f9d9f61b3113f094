export { importBundle } from './bundle/import.ts';
export { IncidentService } from './incident-service.ts';
export { incidentRoutes } from './routes.ts';

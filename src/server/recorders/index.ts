export { definedRecorders, RecorderDefinitions } from './definitions.ts';
export { recorderRoutes } from './routes.ts';

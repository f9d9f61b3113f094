// The cost routes of /api/v1, played by the mock backend.
export { costHandlers } from './handlers.ts';

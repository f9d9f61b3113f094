// Public face: the incidents of the mock backend, as routes.
export { incidentHandlers } from './handlers.ts';

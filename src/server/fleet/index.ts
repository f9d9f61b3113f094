export type { Agent } from './agent.ts';
export { Fleet } from './fleet.ts';
export { OpampSocket } from './opamp-socket.ts';
export { isOffOnAll, ruleMeasurer } from './rule-measure.ts';
export { fleetRoutes } from './routes.ts';
export { ruleTotals } from './rule-totals.ts';

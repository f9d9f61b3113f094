// Public face of the rules worker.
import { createRulesClient } from './client.ts';

export { createRulesClient } from './client.ts';
export type { AgentAttributes, FileDryRunOptions, RulesClient, TelemetrySource, WorkOptions } from './types.ts';

/** The console's one rules worker; it starts at the first use. */
export const rulesClient = createRulesClient();

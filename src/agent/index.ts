export { agentNodeFlags } from './node-flags.ts';
export { startAgent, type RunningAgent } from './main.ts';
export type { AgentOptions } from './options.ts';
export { AgentStartError } from './receive/index.ts';

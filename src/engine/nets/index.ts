export { compileNet, type LiveNet, type NetContext } from './live-net.ts';
export { NetSet } from './net-set.ts';
export { readMemories } from './net-memories.ts';
export type { FiredAction, NetFiring, NetMemory, NetRule } from './types.ts';

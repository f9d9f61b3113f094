export { compileNet, type LiveNet, type NetContext } from './live-net.ts';
export { NetSet } from './net-set.ts';
export { NetMemories, readMemories, readUnknownAt, type Measured, type ReadMemories, type Remembering } from './net-memories.ts';
export { mostReportChars, withinRoom } from './report-room.ts';
export { refuse, type FiredAction, type NetFiring, type NetMemory, type NetRule } from './types.ts';

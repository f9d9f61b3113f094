import type { AgentProcess } from '../../../model/index.ts';

/** Names one process beyond the use of its pid by others; empty for the machine. */
export const keyOf = (process: AgentProcess | null): string => (process === null ? '' : `${process.pid}:${process.startTicks}`);

export { kernelProblem, removeKernelLeftovers, type KernelPorts } from './kernel-ports.ts';
export { searchSymbols, type SearchAsk } from './symbol-search.ts';
export { uprobeMechanism } from './uprobe-mechanism.ts';
export { usdtMechanism } from './usdt-mechanism.ts';
export { lookAtTracefs, openTracefs } from './tracefs.ts';

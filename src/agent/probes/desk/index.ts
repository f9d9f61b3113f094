export { objectionTo } from './objections.ts';
export { objectionToBinaryOf } from './readable-binary.ts';
export { ProbeDesk, type DeskPorts } from './desk.ts';
export type { ProbeLooks } from './looks.ts';
export { deskHandlers } from './requests.ts';

export { deskHandlers, ProbeDesk, type DeskPorts, type ProbeLooks } from './desk/index.ts';
export { openMechanisms, type MechanismPorts, type Mechanisms } from './open-mechanisms.ts';
export { staticProbes } from './static/index.ts';

export { deskHandlers, ProbeDesk, type DeskPorts, type ProbeLooks } from './desk/index.ts';
export { openMechanisms, type MechanismPorts, type Mechanisms } from './open-mechanisms.ts';
export { positionsIn } from './positions.ts';
export { staticProbes } from './static/index.ts';
export { cleanUserTerminals, terminalActions } from './user-terminals.ts';

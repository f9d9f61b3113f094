export { rawField, type CdpSession } from './cdp-session.ts';
export { InspectorDoor, type Attached, type Attaching } from './door.ts';
export { InspectorShares, type Looked } from './shares.ts';
export { StuckInspectors } from './stuck-inspectors.ts';
export { isStopped } from './problems.ts';
export { signalRisk } from './problems.ts';
export { listeningPorts, socketInodes } from './listening.ts';
export { timed, timedLoop } from './timed.ts';
export { Turns } from './turns.ts';

export { rawField, type CdpSession } from './cdp-session.ts';
export { InspectorDoor, type Attached, type Attaching } from './door.ts';
export { InspectorShares } from './shares.ts';
export { signalRisk } from './problems.ts';
export { listeningPorts, socketInodes } from './listening.ts';
export { timed, timedLoop } from './timed.ts';
export { Turns } from './turns.ts';

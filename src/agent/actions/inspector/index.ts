export { rawField, type CdpSession } from './cdp-session.ts';
export { InspectorDoor, type Attached } from './door.ts';
export { listeningPorts, socketInodes } from './listening.ts';
export { timed, timedLoop } from './timed.ts';

export { type LogpointPorts, type Logpoints, openLogpoints } from './logpoints.ts';

export { Canary } from './canary.ts';
export { openDoors } from './doors.ts';

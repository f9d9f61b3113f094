export { listEvents } from './event-list.ts';
export { EventViews } from './event-views.ts';
export { inTurns, mapInTurns } from './sort-in-turns.ts';

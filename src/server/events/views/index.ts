export { listEvents } from './event-list.ts';
export { EventViews } from './event-views.ts';

// Public face of events/: the catalogue of every line of code that sends something.
export { ChangeFeed } from './change-feed.ts';
export { EventService, type Taken } from './event-service.ts';
export { TemplateExchange } from './templates/index.ts';
export type { EventWindow } from './rates/index.ts';
export { knownEvents } from './known-events.ts';
export { bearsField, seenTimes } from './seen-times.ts';
export { eventRoutes } from './routes.ts';
export { EventViews, inTurns, mapInTurns } from './views/index.ts';
export { notingCompiler } from './noting-compiler.ts';

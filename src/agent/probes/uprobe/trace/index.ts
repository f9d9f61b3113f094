export { EventsIn, type EventsAsk, type PlannedEvent } from './events-in.ts';
export { removeGroup } from './instance.ts';
export { removeAllLeft } from './leftovers.ts';
export { groupName, instanceName, isKey, type Owner } from './names.ts';

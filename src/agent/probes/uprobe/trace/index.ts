export { definitionOf, EventsIn, type EventsAsk, type PlannedEvent } from './events-in.ts';
export { removeGroup } from './instance.ts';
export { removeAllLeft } from './leftovers.ts';
export { groupName, groupNamed, instanceName, isKey, type Owner } from './names.ts';

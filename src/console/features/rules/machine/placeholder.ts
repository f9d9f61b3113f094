// What a new transition waits for until somebody says more. It is the place of an event's name with nothing in it: the form shows an empty
// value to choose, and the check refuses it (rules/machine).
export { eventWanted as firstGuard, isEventWanted as isPlaceholder } from '../../../../rules/index.ts';

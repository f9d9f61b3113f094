// The guard that a new transition starts with: the place of an event's name with nothing in it. It is no condition yet, and the check says so.

/** As it stands in a document. */
export const eventWanted = 'EventName == ""';

const wanted = /\bEventName\s*==\s*(?:""|'')/;
const alone = new RegExp(`^[\\s(]*${wanted.source}[\\s)]*$`);

/** True for a guard that says nothing but the placeholder. */
export const isEventWanted = (guard: string): boolean => alone.test(guard);

/** True for a guard that has other conditions, and the placeholder still among them. */
export const hasEventWanted = (guard: string): boolean => !isEventWanted(guard) && guard.split(/\band\b/i).some((clause) => alone.test(clause));

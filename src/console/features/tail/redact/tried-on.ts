// What the dry run of the dialog could not see: the agents send the tail only what its filter and its signals let through, while a
// policy works on everything.
import type { Signal } from '../../../../model/index.ts';

export interface TriedOn { /** In a sentence; null when it saw everything that the policy works on. */ readonly narrow: string | null; readonly filtered: boolean }

/** @param filter KQL of the tail. @param shown signals of the tail. @param works those that the policy works on. */
export function triedOn(filter: string, shown: readonly Signal[], works: readonly Signal[]): TriedOn {
  const rest = works.filter((signal) => !shown.includes(signal));
  if (filter.trim() === '') return { filtered: false, narrow: rest.length === 0 ? null : `Tried on ${listed(shown)}, which is what the tail shows; the policy works on ${listed(rest)} as well.` };
  return { filtered: true, narrow: `Tried on the ${listed(shown)} that the tail’s filter lets through, and on nothing else. The policy works on all records: clear the filter to see what it does to the rest.` };
}

const listed = (signals: readonly Signal[]): string => signals.join(' and ');

// What the dry run of the dialog could not see: the agents send the tail only what its filter and its signals let through, while a
// policy works on everything.
import type { Signal } from '../../../../model/index.ts';

export interface TriedOn { /** In a sentence; null when it saw everything that the policy works on. */ readonly narrow: string | null; readonly filtered: boolean }

/** @param filter KQL of the tail. @param shown signals of the tail. @param works those that the policy works on. */
export function triedOn(filter: string, shown: readonly Signal[], works: readonly Signal[]): TriedOn {
  const rest = works.filter((signal) => !shown.includes(signal));
  if (filter.trim() === '') return { filtered: false, narrow: rest.length === 0 ? null : `Tried on ${listed(shown)}, which is what the tail shows; the policy works on ${listed(rest)} as well.` };
  return { filtered: true, narrow: `Tried only on ${listed(shown)} that the tail holds, and since its filter was set the agents send it only what passes. The policy works on everything else as well: clear the filter to see what it does there.` };
}

const listed = (signals: readonly Signal[]): string => signals.join(' and ');

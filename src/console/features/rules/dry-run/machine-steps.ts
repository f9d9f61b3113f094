// The steps of a net's replay in words, and where each stands in the picture.
import { durationWords, type GuardCount, type MachineEvent } from '../../../../engine/index.ts';
import type { RuleDocument } from '../../../../model/index.ts';
import { durationNanos, type MachineGuard, type MachineStep } from '../../../../rules/index.ts';
import { formatCount, plural } from '../../../ui/index.ts';
import type { Selection } from '../machine/index.ts';

/** What came: "record 12, QueueDepth" or "timer". */
export const causeWords = ({ record }: MachineStep): string => (record === null ? 'timer' : `record ${formatCount(record.number)}, ${record.name || record.service || record.signal}`);

/** Where it led, in a line. */
export function outcomeWords(step: MachineStep): string {
  const { from, to, because, guards } = step;
  const acts = actionWords(step);
  if (because !== null) return `${from} → ${to}${step.cause === 'timer' ? `, after ${because.replace(/ in .*$/, '')}` : ''}${acts === '' ? '' : `; ${acts}`}`;
  const counted = guards.find(({ outcome }) => outcome === true);
  if (counted !== undefined) return `stays in ${from}: ${countedWords(counted)}`;
  return `stays in ${from}${guards.some(({ near }) => near) ? ': a part of a guard held, not all of it' : ''}`;
}

/** "counted 3 of 5, within 30 s, towards stuck". */
export const countedWords = ({ have, need, withinNanos, to }: MachineGuard): string => `counted ${Math.min(have + 1, need)} of ${need}${withinNanos === null ? '' : `, within ${durationWords(withinNanos)}`}, towards ${to}`;

function actionWords({ events }: MachineStep): string {
  const started = events.flatMap(event => (event.event === 'action' ? [event.action] : []));
  const held = events.filter(({ event }) => event === 'action-not-run').length;
  return [started.length > 0 ? `would start ${started.join(', ')}` : '', held > 0 ? `${plural(held, 'action')} held back` : ''].filter(Boolean).join('; ');
}

/** What one guard said of the record, as a sentence: which half failed, or how far its count is. */
export function guardWords(guard: MachineGuard): string {
  const { outcome, said, need } = guard;
  if (outcome === true) return need === 1 ? 'It held.' : `It held: ${countedWords(guard)}.`;
  const failed = said.join === 'and' ? said.parts.filter(part => part.outcome !== true) : [];
  const why = failed.length === 0 ? '' : failed.length === said.parts.length ? ': no part of it held' : `: ${failed.map(({ text, outcome: gave }) => `${text} ${gave === null ? 'had no value' : 'was false'}`).join(' and ')}, the rest held`;
  return `It did not hold${outcome === null && why === '' ? ': what it asks for was missing' : why}.`;
}

/** The state, transition or timer of the picture that a step is about; null when the document has none such. */
export function placeOfStep({ cause, from, via }: MachineStep, document: RuleDocument | null): Selection | null {
  if (document?.kind !== 'state-machine') return null;
  const state = document.states[from];
  if (state === undefined) return null;
  if (via !== null) return { kind: 'transition', state: from, index: via };
  if (cause === 'record') return { kind: 'state', state: from };
  const [soonest] = Object.keys(state.after ?? {}).toSorted((a, b) => (durationNanos(a) < durationNanos(b) ? -1 : 1));
  return soonest === undefined ? { kind: 'state', state: from } : { kind: 'timer', state: from, time: soonest };
}

/** Of a guard of the table: it was never asked, or how often it held. */
export const askedTimes = ({ isTrue, isFalse, isNull }: GuardCount): number => isTrue + isFalse + isNull;

export function eventWords(event: MachineEvent): string {
  switch (event.event) {
    case 'transition': return `${event.from} → ${event.to}: ${event.because}`;
    case 'action': return `Would start ${event.action}${event.as === null ? '' : ` as ${event.as}`}.`;
    case 'action-not-run': return `${event.action} held back: ${event.because}.`;
    case 'key-evicted': return `The machine of ${event.key || 'one key'} left in ${event.state} to make room for newer keys.`;
  }
}

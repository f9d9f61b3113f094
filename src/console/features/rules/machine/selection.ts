// What of the machine a person has in hand.
import type { MachineDocument } from '../../../../model/index.ts';
import type { StateArrow } from './graph-model.ts';

export type Selection =
  | { readonly kind: 'machine' }
  | { readonly kind: 'state'; readonly state: string }
  | { readonly kind: 'transition'; readonly state: string; readonly index: number }
  | { readonly kind: 'timer'; readonly state: string; readonly time: string };

export const wholeMachine: Selection = { kind: 'machine' };

/** The selection itself while what it names is there; else its state, or the whole machine. */
export function standing(document: MachineDocument, selection: Selection): Selection {
  if (selection.kind === 'machine') return selection;
  const state = document.states[selection.state];
  if (state === undefined) return wholeMachine;
  if (selection.kind === 'transition') return (state.on?.length ?? 0) > selection.index ? selection : { kind: 'state', state: selection.state };
  return selection.kind === 'timer' && !(selection.time in (state.after ?? {})) ? { kind: 'state', state: selection.state } : selection;
}

export const selectionOf = ({ from, place }: Pick<StateArrow, 'from' | 'place'>): Selection =>
  'time' in place ? { kind: 'timer', state: from, time: place.time } : { kind: 'transition', state: from, index: place.index };

/** The state that a transition or a timer leads to; the state itself of a state; null for the whole. */
export function ledTo({ states }: MachineDocument, at: Selection): string | null {
  switch (at.kind) {
    case 'machine': return null;
    case 'state': return at.state;
    case 'transition': return states[at.state]?.on?.[at.index]?.to ?? null;
    case 'timer': return states[at.state]?.after?.[at.time] ?? null;
  }
}

export const sameSelection = (a: Selection, b: Selection): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The part of the document that it is, as problems name their places; empty for the whole. */
export function placeOf(selection: Selection): string {
  if (selection.kind === 'machine') return '';
  const state = `states/${selection.state}`;
  if (selection.kind === 'transition') return `${state}/on/${selection.index}`;
  return selection.kind === 'timer' ? `${state}/after/${selection.time}` : state;
}

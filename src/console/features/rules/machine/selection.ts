// What of the machine a person has in hand.
import type { MachineDocument } from '../../../../model/index.ts';

export type Selection =
  | { readonly kind: 'machine' }
  | { readonly kind: 'state'; readonly state: string }
  | { readonly kind: 'transition'; readonly state: string; readonly index: number }
  | { readonly kind: 'timer'; readonly state: string };

export const wholeMachine: Selection = { kind: 'machine' };

/** The selection itself while what it names is there; the whole machine otherwise. */
export function standing(document: MachineDocument, selection: Selection): Selection {
  if (selection.kind === 'machine') return selection;
  const state = document.states[selection.state];
  if (state === undefined) return wholeMachine;
  if (selection.kind === 'transition') return (state.on?.length ?? 0) > selection.index ? selection : { kind: 'state', state: selection.state };
  return selection.kind === 'timer' && Object.keys(state.after ?? {}).length === 0 ? { kind: 'state', state: selection.state } : selection;
}

export const sameSelection = (a: Selection, b: Selection): boolean => JSON.stringify(a) === JSON.stringify(b);

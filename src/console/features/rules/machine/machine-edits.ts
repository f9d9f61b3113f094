// Every change that the picture of a state machine can make, as edits of its document: the text stays the only truth.
import type { MachineAction, MachineDocument, MachineTransition } from '../../../../model/index.ts';
import type { RuleEdit, RulePath } from '../../../../rules/index.ts';

type Edits = readonly RuleEdit[];
const set = (path: RulePath, value: unknown): RuleEdit => ({ path, value });
const remove = (path: RulePath): RuleEdit => ({ path, value: undefined });

/** Where a machine's states lead, as places in the document. */
function references(document: MachineDocument, name: string): readonly RulePath[] {
  const initial: readonly RulePath[] = document.initial === name ? [['initial']] : [];
  return [...initial, ...Object.entries(document.states).flatMap(([from, state]): RulePath[] => [
    ...(state.on ?? []).flatMap(({ to }, i): RulePath[] => (to === name ? [['states', from, 'on', i, 'to']] : [])),
    ...Object.entries(state.after ?? {}).flatMap(([time, to]): RulePath[] => (to === name ? [['states', from, 'after', time]] : [])),
  ])];
}

/** A name that no state has: `state`, `state-2`, … */
export function freeName(document: MachineDocument, base = 'state'): string {
  for (let i = 1; ; i++) { const name = i === 1 ? base : `${base}-${i}`; if (!(name in document.states)) return name; }
}

export const addState = (name: string, at: { readonly x: number; readonly y: number }): Edits => [set(['states', name], {}), set(['layout', name], rounded(at))];

/** All that leads to it goes along. The name inside paths below is still the old one: the rename comes last. */
export const renameState = (document: MachineDocument, from: string, to: string): Edits => [
  ...references(document, from).map((path) => set(path, to)),
  ...(document.layout?.[from] === undefined ? [] : [{ path: ['layout', from], rename: to }]),
  { path: ['states', from], rename: to },
];

/** What leads to the state goes with it; lists are cut from their ends, so that earlier places stay true. */
export function removeState(document: MachineDocument, name: string): Edits {
  const gone = references(document, name).filter(([first, from]) => first === 'states' && from !== name);
  const places = gone.map((path) => (path[2] === 'on' ? path.slice(0, 4) : path)).reverse();
  const heir = Object.keys(document.states).find((one) => one !== name);
  const initial = document.initial === name && heir !== undefined ? [set(['initial'], heir)] : [];
  return [...initial, ...places.map(remove), ...(document.layout?.[name] === undefined ? [] : [remove(['layout', name])]), remove(['states', name])];
}

export const moveState = (name: string, at: { readonly x: number; readonly y: number }): Edits => [set(['layout', name], rounded(at))];
/** Plus 0: minus zero is no place for a document. */
const rounded = ({ x, y }: { readonly x: number; readonly y: number }) => ({ x: Math.round(x) + 0, y: Math.round(y) + 0 });

export const setInitial = (name: string): Edits => [set(['initial'], name)];

export function addTransition(document: MachineDocument, from: string, transition: MachineTransition): Edits {
  const existing = document.states[from]?.on ?? [];
  return [existing.length === 0 ? set(['states', from, 'on'], [transition]) : set(['states', from, 'on', existing.length], transition)];
}

/** Only what the patch names; an undefined field goes. */
export const setTransition = (from: string, index: number, patch: Partial<Record<keyof MachineTransition, unknown>>): Edits =>
  Object.entries(patch).map(([field, value]) => set(['states', from, 'on', index, field], value));

export function removeTransition(document: MachineDocument, from: string, index: number): Edits {
  return [remove((document.states[from]?.on ?? []).length <= 1 ? ['states', from, 'on'] : ['states', from, 'on', index])];
}

/** The first timer of a state, or one more. */
export const addTimer = (document: MachineDocument, from: string, time: string, to: string): Edits =>
  [Object.keys(document.states[from]?.after ?? {}).length === 0 ? set(['states', from, 'after'], { [time]: to }) : set(['states', from, 'after', time], to)];

/** `time` undefined: it goes. A timer's time is its name in the document, so that a new time is a rename. */
export function setTimer(document: MachineDocument, from: string, time: string, patch: { readonly time?: string | undefined; readonly to?: string }): Edits {
  const place: RulePath = ['states', from, 'after', time];
  if ('time' in patch && patch.time === undefined) return [remove(Object.keys(document.states[from]?.after ?? {}).length <= 1 ? ['states', from, 'after'] : place)];
  return [...(patch.to === undefined ? [] : [set(place, patch.to)]), ...(patch.time === undefined || patch.time === time ? [] : [{ path: place, rename: patch.time }])];
}

export function addAction(document: MachineDocument, state: string, action: MachineAction): Edits {
  const existing = document.states[state]?.enter ?? [];
  return [existing.length === 0 ? set(['states', state, 'enter'], [action]) : set(['states', state, 'enter', existing.length], action)];
}

export const setAction = (state: string, index: number, patch: Readonly<Record<string, unknown>>): Edits =>
  Object.entries(patch).map(([field, value]) => set(['states', state, 'enter', index, field], value));

export function removeAction(document: MachineDocument, state: string, index: number): Edits {
  return [remove((document.states[state]?.enter ?? []).length <= 1 ? ['states', state, 'enter'] : ['states', state, 'enter', index])];
}

export const setLimit = (field: 'actions' | 'per' | 'cooldown' | 'keys', value: number | string | undefined): Edits => [set(['limits', field], value)];
export const setKey = (key: readonly string[]): Edits => [set(['key'], key.length === 0 ? undefined : key)];

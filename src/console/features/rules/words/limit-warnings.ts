// Limits of a net that let a firing do only part of what its states start: said while it is written, and before it is armed. Pure.
import type { MachinePlan } from '../../../../engine/index.ts';
import type { MachineDocument } from '../../../../model/index.ts';
import { durationMs } from '../../../../rules/index.ts';
import { formatDuration, plural } from '../../../ui/index.ts';

interface LimitedState { readonly name: string; /** That it starts whatever else is so. */ readonly actions: number; /** The shortest time after which it is left; Infinity: never by itself. */ readonly leftAfterMs: number }
export interface Limited { readonly states: readonly LimitedState[]; readonly actions: number; readonly perMs: number; readonly cooldownMs: number }

/** Each a sentence. */
export function limitWarnings({ states, actions, perMs, cooldownMs }: Limited): readonly string[] {
  const starting = states.filter(state => state.actions > 0);
  return [
    ...starting.filter(state => state.actions > actions).map(state => `${state.name} starts ${plural(state.actions, 'action')}, and at most ${actions} may start in ${formatDuration(perMs)}: a firing does only part.`),
    ...starting.filter(state => state.leftAfterMs < cooldownMs).map(state => `${state.name} is left after ${formatDuration(state.leftAfterMs)}, and ${formatDuration(cooldownMs)} must lie between two actions of a kind: a firing in between starts nothing.`),
  ];
}

/** As they hold where the document says nothing. */
const usual = { actions: 3, per: '1h', cooldown: '10m' };
const msOf = (text: string): number => { try { return durationMs(text); } catch { return Number.NaN; } };

export const limitedOfDocument = ({ states, limits = {} }: Pick<MachineDocument, 'states' | 'limits'>): Limited => ({
  states: Object.entries(states).map(([name, { enter = [], after = {} }]) => ({ name, actions: enter.filter(action => action.if === undefined).length, leftAfterMs: Math.min(...Object.keys(after).map(msOf)) })),
  actions: limits.actions ?? usual.actions, perMs: msOf(limits.per ?? usual.per), cooldownMs: msOf(limits.cooldown ?? usual.cooldown),
});

const nanosPerMs = 1e6;
export const limitedOfPlan = ({ states, limits }: Pick<MachinePlan, 'states' | 'limits'>): Limited => ({
  states: states.map(({ name, enter, after }) => ({ name, actions: enter.filter(action => action.if === null).length, leftAfterMs: Math.min(...after.map(({ nanos }) => Number(nanos) / nanosPerMs)) })),
  actions: limits.actions, perMs: Number(limits.perNanos) / nanosPerMs, cooldownMs: Number(limits.cooldownNanos) / nanosPerMs,
});

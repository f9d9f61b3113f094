// Arming a net names its actions, its limits and what is heavy among them.
import { expect, it } from 'vitest';
import type { MachinePlan } from '../../../../engine/index.ts';
import { netLines } from './net-lines.ts';

const state = (name: string, ...actions: string[]): MachinePlan['states'][number] => ({ name, on: [], after: [], enter: actions.map((action) => ({ action, as: null, if: null, ifText: null, parameters: {} })) });
const plan = (...states: MachinePlan['states'][number][]): MachinePlan => ({ version: 1, key: [], initial: 'a', states, limits: { actions: 5, perNanos: '3600000000000', cooldownNanos: '600000000000', maxKeys: 1024 } });
const told = (given: MachinePlan, mode: 'live' | 'shadow' = 'live') => netLines(given, mode).map(({ tone, strong, rest }) => `${tone}: ${strong} ${rest}`);

it('names actions, limits and what stops a process', () => {
  expect(told(plan(state('a'), state('b', 'cpu-sample', 'memory-dump'), state('c', 'cpu-sample')))).toEqual([
    'plain: One machine looks at records after redaction, and takes none of them; at most 1,024 keys.',
    'plain: cpu-sample, memory-dump are started on the process that the record came from, with nobody asked; it opens or joins an incident.',
    'danger: memory-dump stops the process while it is written, and holds what was in its memory.',
    'plain: At most 5 actions in 1 h, and 10 m between two of a kind; the agent’s own limits come on top.',
  ]);
});

it('in shadow, and without actions, says that nothing is started', () => {
  expect(told(plan(state('b', 'cpu-sample')), 'shadow').at(-1)).toBe('plain: No action is started: it only counts where it would start cpu-sample.');
  expect(told(plan(state('b'))).at(-1)).toBe('attention: No state starts an action: it only watches.');
});

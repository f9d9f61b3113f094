// Arming a net names its actions, its limits and what is heavy among them.
import { expect, it } from 'vitest';
import type { MachinePlan } from '../../../../engine/index.ts';
import type { AgentLanguage } from '../../../../model/index.ts';
import type { LanguageDryRunResult } from '../../../../rules/index.ts';
import { netLines, scriptLines } from './net-lines.ts';

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

it('names a flight recorder that does not exist', () => {
  expect(netLines(plan(state('b', 'collect-recorder')), 'live', ['checkout-verbos']).map(({ tone, strong, rest }) => `${tone}: ${strong} ${rest}`)).toContain('attention: checkout-verbos is no flight recorder: none of that name is defined, and no rule fills it. Nothing would be collected from it.');
});

it('says of a script what its dry run came to', () => {
  const script = { signals: ['logs'], when: null, limits: { actions: 0, perMs: 1, cooldownMs: 1 } } as unknown as AgentLanguage; // nothing else is read
  const ran = (more: Partial<LanguageDryRunResult>) => ({ stop: null, errors: 0, error: null, ...more }) as LanguageDryRunResult;
  const first = (dryRun: LanguageDryRunResult | null) => { const [line] = scriptLines(script, 'live', dryRun); return `${line!.tone}: ${line!.strong} ${line!.rest}`; };
  expect(first(ran({ stop: 'One call did not come to an end.' }))).toBe('danger: An agent would turn it off. The dry run says: One call did not come to an end.');
  expect(first(ran({ errors: 3, error: 'x is not defined' }))).toMatch(/^attention: 3 calls failed .*x is not defined/);
  expect(first(null)).toMatch(/^attention: No dry run/);
  expect(first(ran({}))).toMatch(/^attention: All logs/);
});

import { expect, it } from 'vitest';
import type { AgentConfig, AgentRule } from '../../model/index.ts';
import { ruleStats, statusReport } from '../testing/status.ts';
import { redactingOn } from './redacting-rules.ts';

const rule = (id: string, deployment: number, more: Partial<AgentRule> = {}) => ({ id, version: 1, deployment, mode: 'live', policy: {}, plan: null, ...more }) as unknown as AgentRule;
const config: AgentConfig = { version: 1, revision: 9, rules: [rule('a', 3), rule('b', 4), rule('tried', 5, { mode: 'shadow' }), rule('counts', 6, { policy: null, plan: { sink: { sink: 'drop' } } as unknown as AgentRule['plan'] })] };
const status = (...rules: ReturnType<typeof ruleStats>[]) => statusReport(0, { rules });
const off = { kind: 'expired', reason: 'It was over.', atUnixMs: 1 } as const;
const ids = (word: Parameters<typeof redactingOn>[1]) => redactingOn(config, word).map(({ id }) => id);

it('an agent runs what hides of the configuration that it acknowledged, less what it turned off by itself', () => {
  expect(ids({ acknowledged: true, status: null, known: [] })).toEqual(['a', 'b']);
  expect(ids({ acknowledged: true, status: status(ruleStats('a', { deployment: 3, disabled: off }), ruleStats('b', { deployment: 3, disabled: off })), known: [] })).toEqual(['b']);
});

it('an agent that acknowledged nothing runs what its status counts, and what it ran before', () => {
  expect(ids({ acknowledged: false, status: status(ruleStats('b', { deployment: 4 }), ruleStats('counts', { deployment: 6 })), known: [] })).toEqual(['b']);
  expect(ids({ acknowledged: false, status: status(), known: [{ ruleId: 'a', version: 1, deployment: 3 }] })).toEqual(['a']);
  const gone = [{ ruleId: 'gone', version: 2, deployment: 1 }];
  expect(ids({ acknowledged: false, status: status(ruleStats('gone', { version: 2, deployment: 1 })), known: gone })).toEqual(['gone']);
  expect(ids({ acknowledged: true, status: status(ruleStats('gone', { version: 2, deployment: 1 })), known: gone })).toEqual(['a', 'b']);
});

import { describe, expect, it } from 'vitest';
import type { AgentStatus } from '../../model/index.ts';
import { runningRules } from './running-rules.ts';

type Agent = Parameters<typeof runningRules>[0][number];
const config = (...ids: readonly string[]) => JSON.stringify({ version: 1, revision: 1, rules: ids.map(id => ({ id, name: `name-${id}`, version: 1, order: 1, plan: null, deployment: 4 })) });
const stats = (id: string, off: boolean, deployment = 4) => ({ id, version: 1, deployment, disabled: off ? { kind: 'memory', reason: 'Held 40 MiB.', atUnixMs: 9 } : null });
const agent = (name: string, effectiveConfig: string, rules: readonly ReturnType<typeof stats>[] = [], more: Partial<Agent> = {}): Agent =>
  ({ name, kind: 'weir', connected: true, attributes: {}, effectiveConfig, status: { rules } as unknown as AgentStatus, ...more });
const ids = (rules: readonly { readonly id: string }[]) => rules.map(({ id }) => id);

describe('rules that run', () => {
  it('are those of the agent asked for, else of the first that tells them', () => {
    const agents = [agent('away', config('x'), [], { connected: false }), agent('odd', '{'), agent('a', config('x')), agent('b', config('y'))];
    expect(runningRules(agents)).toMatchObject({ agent: 'a', acting: [{ id: 'x' }] });
    expect(runningRules(agents, 'b')).toMatchObject({ agent: 'b', acting: [{ id: 'y' }] });
    expect(runningRules(agents, 'odd').agent).toBe('a');
    expect(runningRules([])).toMatchObject({ agent: null, rules: [] });
  });

  it('do not act where they turned themselves off, and nowhere once all agents did', () => {
    const first = agent('a', config('x', 'y'), [stats('x', true), stats('y', false)]);
    const some = runningRules([first, agent('b', config('x', 'y'), [stats('x', false)])]);
    expect([ids(some.acting), ids(some.rules)]).toEqual([['y'], ['x', 'y']]);
    expect(some.off).toEqual([{ id: 'x', name: 'name-x', sinceMs: 9, reason: 'Held 40 MiB.' }]);
    expect(ids(runningRules([first, agent('b', config('x', 'y'), [stats('x', true)])]).rules)).toEqual(['y']);
  });

  it('are on again with the next deployment', () => {
    expect(ids(runningRules([agent('a', config('x'), [stats('x', true, 3)])]).acting)).toEqual(['x']);
  });
});

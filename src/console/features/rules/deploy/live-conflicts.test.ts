import { describe, expect, it } from 'vitest';
import { planVersion, type Plan, type Sink } from '../../../../kql/index.ts';
import { agentRule, defaultBounds, type AgentRule } from '../../../../model/index.ts';
import type { CompiledQuery } from '../../../../rules/index.ts';
import { liveConflicts } from './live-conflicts.ts';

const plan = (event: string, sink: Sink): Plan => ({ version: planVersion, table: 'Logs', sink, operators: [{ op: 'where', predicate: { k: 'call', type: 'bool', fn: '==', args: [{ k: 'column', type: 'string', name: 'EventName' }, { k: 'literal', type: 'string', value: event }] } }] });
const mine = (name: string, order: number, sink: Sink = { sink: 'drop' }): CompiledQuery => ({ kind: 'query', name, order, location: 'on-box', targets: null, bounds: defaultBounds, expiresAfterMs: null, plan: plan('A', sink) });
const live = (name: string, order: number, sink: Sink = { sink: 'drop' }, more: Partial<AgentRule> = {}): AgentRule => ({ ...agentRule.parse({ id: `id-${name}`, name, version: 1, order, plan: plan('A', sink) }), ...more });

describe('conflicts with what runs', () => {
  it('are found both ways before anything is deployed', () => {
    expect(liveConflicts(mine('mine', 100), 'id-mine', [live('early', 50)])).toMatchObject([{ own: true, level: 'never', message: 'mine never sees a record: early, which runs before it, drops them all.' }]);
    expect(liveConflicts(mine('mine', 10), 'id-mine', [live('late', 50)])).toMatchObject([{ own: false, loser: 'late', level: 'never', message: 'late never sees a record: mine, which runs before it, drops them all.' }]);
    expect(liveConflicts(mine('mine', 100), 'id-mine', [live('early', 50, { sink: 'sample', ratio: 0.1 })])).toMatchObject([{ level: 'some', message: expect.stringContaining('sees only a part of its records') }]);
  });

  it('of a copy of a live rule are said, with what settles their order', () => {
    const [conflict] = liveConflicts(mine('drop-a-copy', 100), null, [live('drop-a', 100)]);
    expect(conflict).toMatchObject({ own: true, level: 'never' });
    expect(conflict!.message).toContain('Both have order 100');
  });

  it('are none with its own running version, with shadows, with plans that cannot be read', () => {
    expect(liveConflicts(mine('mine', 100), 'id-mine', [live('renamed', 50, { sink: 'drop' }, { id: 'id-mine' }), live('shade', 50, { sink: 'drop' }, { mode: 'shadow' }), live('odd', 50, { sink: 'drop' }, { plan: null })])).toEqual([]);
    expect(liveConflicts(mine('mine', 10), 'id-mine', [live('late', 50)], 'shadow')).toEqual([]);
  });

  it('are attributed by id, for another rule may still run under the same name', () => {
    expect(liveConflicts(mine('mine', 100), 'id-mine', [live('mine', 50, { sink: 'drop' }, { id: 'id-other' })])).toMatchObject([{ own: true, level: 'never' }]);
    expect(liveConflicts(mine('mine', 10), 'id-mine', [live('mine', 50, { sink: 'drop' }, { id: 'id-other' })])).toMatchObject([{ own: false, loser: 'mine' }]);
  });

  it('between equal orders follow the ids, as agents do', () => {
    expect(liveConflicts(mine('mine', 50), 'id-a', [live('b', 50)])).toMatchObject([{ loser: 'b' }]);
    expect(liveConflicts(mine('mine', 50), 'id-c', [live('b', 50)])).toMatchObject([{ loser: 'mine' }]);
  });
});

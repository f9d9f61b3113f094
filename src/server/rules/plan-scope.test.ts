import { describe, expect, it } from 'vitest';
import { planVersion, type Expr, type Operator, type Plan } from '../../kql/index.ts';
import { planScope, scopeCovers } from './plan-scope.ts';

const column = (name: string): Expr => ({ k: 'column', type: 'string', name });
const text = (value: string): Expr => ({ k: 'literal', type: 'string', value });
const call = (fn: string, ...args: Expr[]): Expr => ({ k: 'call', type: 'bool', fn, args });
const where = (predicate: Expr): Operator => ({ op: 'where', predicate });
const plan = (...operators: Operator[]): Plan => ({ version: planVersion, table: 'Logs', operators, sink: { sink: 'drop' } });
const covers = (scoped: Plan, durableId: string, service = 'shop') => scopeCovers(planScope(scoped), { durableId, service });

describe('a rule touches a line of code', () => {
  it('that it names, either way round, or in a list', () => {
    expect(covers(plan(where(call('==', column('EventName'), text('Launch')))), 'Launch')).toBe(true);
    expect(covers(plan(where(call('==', text('Launch'), column('DurableId')))), 'Launch')).toBe(true);
    expect(covers(plan(where(call('in', column('EventName'), text('A'), text('B')))), 'B')).toBe(true);
  });
  it('unless it names another, another service, or none', () => {
    const launch = call('==', column('EventName'), text('Launch'));
    expect(covers(plan(where(launch)), 'Other')).toBe(false);
    expect(covers(plan(where(call('and', launch, call('==', column('ServiceName'), text('cart'))))), 'Launch')).toBe(false);
    expect(covers(plan(where(call('and', launch, call('==', column('ServiceName'), text('shop'))))), 'Launch')).toBe(true);
    expect(covers(plan(where(call('==', column('ServiceName'), text('shop')))), 'Launch')).toBe(false);
    expect(covers(plan(where(call('or', launch, launch))), 'Launch')).toBe(false);
    expect(covers(plan(), 'Launch')).toBe(false);
  });
  it('by all its filters together, up to where columns change', () => {
    const launch = where(call('in', column('EventName'), text('A'), text('B')));
    expect(covers(plan(launch, where(call('==', column('EventName'), text('A')))), 'B')).toBe(false);
    expect(covers(plan({ op: 'extend', columns: [{ name: 'EventName', expr: text('A') }] }, launch), 'A')).toBe(false);
  });
});

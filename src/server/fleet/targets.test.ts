import { describe, expect, it } from 'vitest';
import type { Expr, Plan } from '../../kql/index.ts';
import { TargetedAgents } from './targets.ts';

const text = (value: string): Expr => ({ k: 'literal', type: 'string', value });
const agent = (key: string): Expr => ({ k: 'member', type: 'dynamic', base: { k: 'column', type: 'dynamic', name: 'Agent' }, key: text(key) });
const call = (fn: string, ...args: Expr[]): Expr => ({ k: 'call', type: 'bool', fn, args });
const is = (key: string, value: string) => call('==', agent(key), text(value));
const service = call('==', { k: 'column', type: 'string', name: 'ServiceName' }, text('cart'));
const targets = (predicate: Expr): Plan => ({ version: 2, table: 'source', operators: [{ op: 'where', predicate }], sink: null });
const matches = (predicate: Expr, attributes: Record<string, string> = { 'host.name': 'web-1', 'weir.role': 'on-box' }) => new TargetedAgents().canMatch(targets(predicate), attributes);

describe('targets can select an agent', () => {
  it('when they ask for what it is, or for nothing of it', async () => {
    expect(await matches(is('host.name', 'web-1'))).toBe(true);
    expect(await matches(service)).toBe(true);
    expect(await matches(call('not', service))).toBe(true);
    expect(await new TargetedAgents().canMatch(null, {})).toBe(true);
  });
  it('not when they ask for another, or for what it does not say', async () => {
    expect(await matches(is('host.name', 'web-2'))).toBe(false);
    expect(await matches(is('region', 'eu'))).toBe(false);
    expect(await matches(call('not', is('host.name', 'web-1')))).toBe(false);
  });
  it('when records may still decide', async () => {
    expect(await matches(call('and', service, is('host.name', 'web-1')))).toBe(true);
    expect(await matches(call('and', service, is('host.name', 'web-2')))).toBe(false);
    expect(await matches(call('or', service, is('host.name', 'web-2')))).toBe(true);
    expect(await matches(call('not', call('or', service, is('host.name', 'web-2'))))).toBe(true);
    expect(await matches(call('not', call('or', service, is('host.name', 'web-1'))))).toBe(false);
  });
  it('when one comparison takes both the agent and the record', async () => {
    expect(await matches(call('==', agent('host.name'), { k: 'column', type: 'string', name: 'ServiceName' }))).toBe(true);
  });
});

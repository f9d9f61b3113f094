// What a canary says of whom its secrets are meant for: what the rules say, not what they did.
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import type { AgentRuleInput, RedactionPolicyInput } from '../../model/index.ts';
import { codec } from '../../otlp/index.ts';
import { meantBy } from './meant-by.ts';
import { planCanary, type Probe } from './probes.ts';

const clock = new ManualClock(1_700_000_000_000_000_000n);
const plan = planCanary('run1', 5, clock.nowUnixNano());
const policy = (fields: RedactionPolicyInput, more: Partial<AgentRuleInput> = {}): AgentRuleInput => ({ id: 'p', name: 'policy', version: 2, order: 1, plan: null, policy: fields, ...more });
const of = async (...rules: AgentRuleInput[]) => (await meantBy(plan, rules, { codec, clock })).by;
const notTested = async (...rules: AgentRuleInput[]) => (await meantBy(plan, rules, { codec, clock })).notTested;
/** Probes that a rule is meant for. */
const meant = async (...rules: AgentRuleInput[]): Promise<readonly Probe[]> => { const by = await of(...rules); return plan.probes.filter((_, i) => by[i] !== null); };
const placesOf = (probes: readonly Probe[]): readonly string[] => [...new Set(probes.map(({ place }) => place))];
const [first] = plan.probes;

describe('a policy', () => {
  it('for everything is meant for every secret, and named with its version', async () => {
    expect(new Set(await of(policy({})))).toEqual(new Set(['policy v2']));
  });
  it('of a detector for what that detector finds', async () => {
    const probes = await meant(policy({ detectors: [first!.detector], sensitiveKeys: false }));
    expect(probes).toContain(first);
    expect(probes.length).toBeLessThan(plan.probes.length / 2);
    expect(probes.filter(({ names }) => !names.includes(first!.detector))).toEqual([]);
  });
  it('of a signal, a place or a service for no other', async () => {
    expect((await meant(policy({ signals: ['spans'] }))).every(({ signal }) => signal === 'spans')).toBe(true);
    const detectors = ['*'];
    expect(placesOf(await meant(policy({ except: ['*'], entries: [{ in: ['body'], detectors, do: 'mask' }] })))).toEqual(['body']);
    expect(await meant(policy({ except: ['*'], entries: [{ service: first!.service.toUpperCase(), detectors, do: 'mask' }] }))).toEqual([first]);
  });
  it('that ignores is meant for nothing that it ignores', async () => {
    const probes = await meant(policy({ entries: [{ in: ['body', 'resource'], do: 'ignore', reason: 'test' }] }));
    expect(placesOf(probes)).not.toContain('body');
    expect(placesOf(probes)).toContain('attribute');
    expect(await meant(policy({ except: ['*'] }))).toEqual([]);
  });
  it('with an allow-list is meant for what it does not name, whatever detectors it has', async () => {
    const listing = (...keys: readonly string[]) => meant(policy({ except: ['*'], allow: [{ keys: [...keys] }] }));
    expect(placesOf(await listing('other.*')).toSorted()).toEqual(['attribute', 'event', 'link', 'metric', 'resource', 'scope']);
    expect(await listing('other.*', 'n*e')).toEqual([]);
  });
});

describe('a redact rule', () => {
  const redact = (table: string, detectors: readonly string[], operators: readonly unknown[] = []): AgentRuleInput => ({ id: 'r', name: 'rule', version: 1, order: 2, plan: { version: 1, table, operators, sink: { sink: 'redact', detectors, mode: 'mask' } } });
  const named = { op: 'where', predicate: { k: 'call', type: 'bool', fn: '==', args: [{ k: 'column', type: 'string', name: 'ServiceName' }, { k: 'literal', type: 'string', value: first!.service }] } };

  it('is meant for its table and detectors', async () => {
    expect((await meant(redact('Spans', ['*']))).map(({ signal }) => signal)).toEqual(plan.probes.filter(({ signal }) => signal === 'spans').map(({ signal }) => signal));
    expect((await meant(redact('source', [first!.detector]))).length).toBeLessThan(plan.probes.length / 2);
  });
  it('is meant for the records that its query lets through', async () => {
    expect(await meant(redact('Logs', ['*'], [named]))).toEqual([first]);
  });
  it('that comes later in order gives way to the one before', async () => {
    expect(new Set(await of(redact('source', ['*']), policy({})))).toEqual(new Set(['policy v2']));
  });
});

it('rules that hide nothing, are in shadow, are over or cannot run are meant for nothing', async () => {
  const drop: AgentRuleInput = { id: 'd', name: 'd', version: 1, order: 1, plan: { version: 1, table: 'Logs', operators: [], sink: { sink: 'drop' } } };
  for (const rule of [drop, policy({}, { mode: 'shadow' }), policy({}, { expiresAtUnixMs: 1 }), policy({}, { targets: { version: 99 } })]) expect(await meant(rule)).toEqual([]);
});

describe('a rule that is meant for no secret of the run', () => {
  const isCart = { k: 'call', type: 'bool', fn: '==', args: [{ k: 'column', type: 'string', name: 'ServiceName' }, { k: 'literal', type: 'string', value: 'cart' }] };
  const cart = { version: 1, table: 'source', operators: [{ op: 'where', predicate: isCart }], sink: null };

  it('is told, with the services that it is for', async () => {
    expect(await notTested(policy({}, { id: 'c', name: 'cart only', targets: cart }), policy({}))).toEqual([{ id: 'c', name: 'cart only v2', why: 'it is for ServiceName cart only' }]);
    const redact: AgentRuleInput = { id: 'r', name: 'rule', version: 1, order: 2, plan: { ...cart, table: 'Logs', sink: { sink: 'redact', detectors: ['*'], mode: 'mask' } } };
    expect(await notTested(redact)).toEqual([{ id: 'r', name: 'rule v1', why: 'it is for ServiceName cart only' }]);
    expect(await notTested(policy({ except: ['*'], entries: [{ service: 'pay*', do: 'mask' }] }))).toMatchObject([{ why: 'it is for ServiceName pay* only' }]);
  });
  it('is told when it looks for nothing of it, or cannot run', async () => {
    expect(await notTested(policy({ except: ['*'] }))).toMatchObject([{ why: 'none of the canary’s secrets is one that it looks for' }]);
    expect(await notTested(policy({}, { targets: { version: 99 } }))).toMatchObject([{ why: expect.stringContaining('it cannot run: ') }]);
  });
  it('is not told when another rule comes before it, nor when it hides nothing now', async () => {
    expect(await notTested(policy({}), policy({}, { id: 'q', order: 9 }), policy({}, { id: 's', mode: 'shadow', targets: cart }))).toEqual([]);
  });
});

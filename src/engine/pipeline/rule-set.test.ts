// Rules that cannot run among rules that can: each for itself, and nothing that was hidden shows.
import { describe, expect, test } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import type { AgentRuleInput } from '../../model/index.ts';
import { call, col, lit, plan, rule, where } from '../../testing/index.ts';
import { createPipeline, type DisabledRule } from '../index.ts';
import { bytesOf, jsonOf, randomText, text } from '../redaction/testing/places.ts';

const token = `ghp_${randomText(7, 36)}`;
const clock = new ManualClock(1_700_000_000_000_000_000n);
const policy = (id: string, version: number, more: Partial<AgentRuleInput> = {}): AgentRuleInput => ({ id, name: id, version, order: 0, plan: null, policy: { detectors: ['github-token'] }, ...more });
/** A pattern that no engine takes. */
const broken = { patterns: [{ name: 'own', pattern: '(' }] };
const drops = (id: string, word: string): AgentRuleInput => rule(id, plan('Logs', [where(call('==', col('Body'), lit(word)))], { sink: 'drop' }));
const cannotRun: AgentRuleInput = { ...drops('bad', 'x'), plan: { version: 1, table: 'Logs', operators: [{ op: 'no-such-operator' }], sink: { sink: 'drop' } } };

function started(...rules: readonly AgentRuleInput[]) {
  const pipeline = createPipeline({ clock, resource: {}, recorderBytes: 10_000, maxGroups: 10 });
  const offer = (next: readonly AgentRuleInput[], disabled: readonly DisabledRule[] = []) => pipeline.replaceRules(next, disabled, 'rule-by-rule');
  expect(offer(rules).ok).toBe(true);
  const left = (...bodies: readonly string[]): string => {
    const result = pipeline.process('logs', bytesOf('logs', { resourceLogs: [{ scopeLogs: [{ logRecords: bodies.map((body) => ({ body: text(body) })) }] }] }), { in: false, out: false });
    if (!result.ok) throw new Error(result.error.message);
    return result.value.out.map(({ bytes }) => jsonOf('logs', bytes)).join('');
  };
  return { pipeline, offer, left, state: () => pipeline.stats().map(({ id, version, disabled }) => [id, version, disabled?.reason ?? null]) };
}

test('one that cannot run is disabled and says why; the others run, above all policies', () => {
  const { left, state, pipeline } = started(cannotRun, drops('ok', 'gone'), policy('p', 1));
  expect(left('gone', 'x', `see ${token}`)).not.toMatch(new RegExp(`gone|${token}`));
  expect(left('x')).toContain('"x"');
  expect(state()).toEqual([['p', 1, null], ['ok', 1, null], ['bad', 1, expect.stringMatching(/^This agent cannot run version 1: Rule bad: /)]]);
  expect(pipeline.takeNewlyDisabled()).toEqual([]);
});

test('all or nothing, it refuses the set, and nothing has changed', () => {
  const { pipeline, left, state } = started(drops('ok', 'gone'));
  expect(pipeline.replaceRules([policy('p', 1), cannotRun]).ok).toBe(false);
  expect([left('gone'), state()]).toEqual(['', [['ok', 1, null]]]);
});

test('a rule that is there twice refuses the set: nobody knows which is meant', () => {
  const { offer } = started();
  expect(offer([drops('a', 'x'), drops('a', 'y')]).ok).toBe(false);
});

describe('a policy that cannot run', () => {
  const ignoring = { detectors: ['github-token'], entries: [{ detectors: ['email'], do: 'ignore' as const, reason: 'test' }] };

  test('leaves its last good version in force, for as often as it is offered', () => {
    const { offer, left, state, pipeline } = started(policy('p', 1, { policy: ignoring }));
    for (let i = 0; i < 3; i++) expect(offer([policy('p', 2 + Math.floor(i / 2), { policy: broken })]).ok).toBe(true);
    const now = left(`${token} of ann.b@shop.example`);
    expect(now).not.toContain(token);
    expect(now, 'by version 1, and not by every detector').toContain('ann.b@shop.example');
    expect(state()).toEqual([['p', 1, null], ['p', 3, expect.stringContaining('Version 1 stays in force.')]]);
    expect(pipeline.takeRedactions().cells[0]).toMatchObject({ rule: { id: 'p', version: 1 } });
  });

  test('of which none ran before fails closed: all that a detector finds is masked, also when it is offered again', () => {
    const { offer, left, state } = started(policy('p', 1, { policy: broken }));
    const said = [['p', 1, expect.stringContaining('every secret that a detector finds is masked')]];
    expect(state()).toEqual(said);
    expect(offer([policy('p', 1, { policy: broken })], [{ id: 'p', version: 2, deployment: 0, disabled: { kind: 'agent', reason: 'r', atUnixMs: 1 } }]).ok).toBe(true);
    expect(state()).toEqual(said);
    expect(left(`${token} of ann.b@shop.example`)).not.toMatch(new RegExp(`${token}|ann\\.b@`));
  });

  test('is followed by one that can', () => {
    const { offer, left, state } = started(policy('p', 1, { policy: broken }));
    offer([policy('p', 2, { policy: ignoring })]);
    expect(state()).toEqual([['p', 2, null]]);
    expect(left(`${token} of ann.b@shop.example`)).toContain('ann.b@shop.example');
  });

  test('that is taken off is gone, and with it what stood in', () => {
    const { offer, left, state } = started(policy('p', 1, { policy: broken }));
    offer([]);
    expect([state(), left(token).includes(token)]).toEqual([[], true]);
  });

  test('in shadow covers nothing', () => {
    const { left, state } = started(policy('p', 1, { policy: broken, mode: 'shadow' }));
    expect([state().length, left(token).includes(token)]).toEqual([1, true]);
  });
});

test.each([
  ['of a plan of another version', { version: 99, table: 'Logs', operators: [], sink: { sink: 'redact', detectors: ['*'], mode: 'mask' } }],
  ['with a step that this agent does not know', { version: 1, table: 'Logs', operators: [{ op: 'no-such-operator' }], sink: { sink: 'redact', detectors: ['*'], mode: 'mask' } }],
])('a redact rule %s fails closed too', (_, unknown) => {
  const { left } = started({ ...drops('r', 'x'), plan: unknown });
  expect(left(token)).not.toContain(token);
});

describe('the same deployment by other names', () => {
  const named = (names: string, ...words: readonly string[]): AgentRuleInput => ({ ...rule('a', plan('Logs', [where(call('in', col('Body'), ...words.map((word) => lit(word))))], { sink: 'drop' })), names });

  test('matches what they mean now, and goes on with its counts', () => {
    const { pipeline, offer, left } = started(named('1', 'old'));
    expect([left('old'), left('new')]).toEqual(['', expect.stringContaining('new')]);
    offer([named('2', 'old', 'new')]);
    expect([left('old'), left('new')]).toEqual(['', '']);
    expect(pipeline.stats()).toMatchObject([{ id: 'a', matched: 3, removed: 3 }]);
  });

  test('one that turned itself off stays off', () => {
    const { offer, left } = started(named('1', 'old'));
    offer([named('1', 'old')], [{ id: 'a', version: 1, deployment: 0, disabled: { kind: 'cpu', reason: 'too much', atUnixMs: 1 } }]);
    expect(left('old')).toContain('old');
    offer([named('2', 'old', 'new')]);
    expect(left('new')).toContain('new');
  });
});

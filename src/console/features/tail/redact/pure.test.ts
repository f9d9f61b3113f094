import { describe, expect, it } from 'vitest';
import type { RedactionSource, RuleDetail, SourceAgent } from '../../../../model/index.ts';
import { policyOf, type RedactWish } from '../../../editor/redact/index.ts';
import { fakeRecord } from '../testing/fake-tail.ts';
import { blastRates } from './blast-rates.ts';
import { excerptOf, leftOfPartial } from './excerpt.ts';
import { existingPolicies } from './existing.ts';
import { nameForRule } from './name-problem.ts';
import { agentStep, sourceOf } from './progress.ts';
import { guessesOf } from './rank.ts';
import { fieldRef, textsOf, within } from './target.ts';
import { triedOn } from './tried-on.ts';

const at = { service: 'cart', place: 'attribute', key: 'user.mail', signal: 'logs' } as const;
const wish: RedactWish = { what: { kind: 'detector', detector: 'email' }, where: 'key-in-service', action: 'mask', keep: 4 };

describe('what was pointed at', () => {
  it('has the place and key that a policy knows it by', () => {
    expect([fieldRef('attribute', 'user', ['mail']), fieldRef('column', 'Body'), fieldRef('column', 'Body', ['user', 'mail']), fieldRef('column', 'Name'), fieldRef('resource', 'host.name')])
      .toEqual([{ place: 'attribute', key: 'user.mail' }, { place: 'body', key: '' }, { place: 'body', key: 'body.user.mail' }, { place: 'name', key: '' }, { place: 'resource', key: 'host.name' }]);
  });

  it('is every text of the record, nested ones by their path', () => {
    const texts = textsOf(fakeRecord(1, { columns: { Body: { user: { mail: 'a' } }, TraceId: 't' }, attributes: { tags: ['x', 'y'], ok: true, n: 5 }, resource: { 'service.name': 'cart' } }));
    expect(texts).toEqual([{ place: 'body', key: 'body.user.mail', text: 'a' }, { place: 'attribute', key: 'tags', text: 'x' }, { place: 'attribute', key: 'tags', text: 'y' }, { place: 'attribute', key: 'n', text: '5' }, { place: 'resource', key: 'service.name', text: 'cart' }]);
    expect(texts.map((text) => within(text, { place: 'body', key: '' }))).toEqual([true, false, false, false, false]);
    expect(within({ place: 'attribute', key: 'a.b' }, { place: 'attribute', key: 'a' })).toBe(true);
    expect(within({ place: 'attribute', key: 'ab' }, { place: 'attribute', key: 'a' })).toBe(false);
  });
});

describe('guesses', () => {
  const text = { place: 'body', key: '', text: 'one two three' } as const;
  const found = [{ start: 0, end: 3, detector: 'first', confidence: 0.5 }, { start: 8, end: 13, detector: 'last', confidence: 0.9 }];
  it('put what covers the selection first, then the surest', () => {
    expect(guessesOf([text], [found], 'ne').map(({ detector, hit }) => [detector, hit])).toEqual([['first', 'selection'], ['last', 'field']]);
    expect(guessesOf([text], [found], null).map(({ detector }) => detector)).toEqual(['last', 'first']);
    expect(guessesOf([text], [found], 'two').map(({ hit }) => hit)).toEqual(['field', 'field']);
  });
});

describe('policies that run already', () => {
  const rule = (more: Partial<RuleDetail>) => ({ id: 'p', name: 'p', state: 'deployed', mode: 'live', latestVersion: 1, versions: [{ version: 1, text: 't', document: policyOf(wish, at, 'p', '') }], ...more }) as RuleDetail;
  const fits = (glob: string, name: string) => glob === name;
  it('are offered when they name the key, and only while they run', () => {
    expect(existingPolicies([rule({})], at, fits)).toMatchObject([{ covers: true, text: 't' }]);
    expect(existingPolicies([rule({})], { ...at, key: 'other' }, fits)).toMatchObject([{ covers: false, why: 'it speaks of cart already' }]);
    expect(existingPolicies([rule({ state: 'disabled' }), rule({ mode: 'shadow' })], at, fits)).toEqual([]);
  });
});

describe('the proof', () => {
  const clock = (iso: string) => iso.slice(11, 19);
  const agent = { agent: { id: 'a', name: 'cart-1', connected: true, lastSeenAt: '' }, masked: 3, rules: [], exporters: [], appliedAt: '2026-03-12T14:02:10Z', firstMaskedAt: '2026-03-12T14:02:12Z', lastLeakAt: '2026-03-12T14:02:09Z', stoppedAt: '2026-03-12T14:02:11Z' } satisfies SourceAgent;
  it('names the second and the agent', () => {
    expect(agentStep(agent, 0, clock, true)).toEqual({ state: 'stopped', words: 'stopped at 14:02:11 on cart-1, first hidden 14:02:12, last leaked 14:02:09' });
    expect(agentStep({ ...agent, stoppedAt: null, appliedAt: null, firstMaskedAt: null }, 0, clock, false)).toEqual({ state: 'waiting', words: 'is not known to have it yet' });
    expect(agentStep({ ...agent, stoppedAt: null, appliedAt: null, firstMaskedAt: null }, 0, clock, true).words, 'beside "applied on 1 of 1"').toBe('has it; none has come yet that it could hide');
    expect(agentStep({ ...agent, stoppedAt: null, lastLeakAt: '2026-03-12T14:02:15Z' }, 0, clock, true)).toEqual({ state: 'leaking', words: 'applied 14:02:10, still leaked at 14:02:15' });
    expect(agentStep({ ...agent, stoppedAt: null, firstMaskedAt: null }, 0, clock, true).words).toBe('applied 14:02:10, nothing to hide came yet');
    expect(agentStep({ ...agent, stoppedAt: null }, 0, clock, true).words).toMatch(/^applied 14:02:10, hidden since 14:02:12/);
  });

  it('is of the source that the rule hides', () => {
    const source = (id: string, more: Partial<RedactionSource>) => ({ id, service: 'cart', place: 'attribute', key: 'user.mail', detector: 'email', rules: [], ...more }) as unknown as RedactionSource;
    const hidden = source('b', { rules: [{ id: 'r', name: 'r', version: 1, action: 'mask' }] });
    expect(sourceOf([source('a', { service: 'other' }), hidden], 'r', wish, at)?.id).toBe('b');
    expect(sourceOf([source('a', {})], 'r', wish, at)?.id).toBe('a');
    expect(sourceOf([source('a', { detector: 'jwt' })], 'r', wish, at)).toBeNull();
  });
});

it('a rate needs a time', () => {
  expect(blastRates({ changed: 10, removed: 0, reached: 40, hidden: [], fromMs: 0, toMs: 1000 }, 1)).toBeNull();
  expect(blastRates({ changed: 8, removed: 2, reached: 40, hidden: [], fromMs: 0, toMs: 5000 }, 0.5)).toEqual({ perSecond: 4, about: true });
});

it('a name is free and well formed', () => {
  expect(nameForRule('redact-x', new Set())).toBeNull();
  expect(nameForRule('Redact', new Set())).toMatch(/lower-case/);
  expect(nameForRule('a', new Set(['a']))).toMatch(/Another/);
});

describe('an excerpt', () => {
  it('starts near the first mask', () => {
    expect(excerptOf(`${'x'.repeat(100)}••••${'y'.repeat(300)}`, 100)).toBe(`…${'x'.repeat(40)}••••${'y'.repeat(116)}…`);
    expect(excerptOf('short ••••', 6)).toBe('short ••••');
  });
  it('knows what partial leaves', () => expect([leftOfPartial('1234567', 4), leftOfPartial('x'.repeat(40), 8), leftOfPartial('x'.repeat(40), 4)]).toEqual([{ of: 7, stay: 2 }, { of: 40, stay: 8 }, { of: 40, stay: 4 }]));
});

describe('what a trial saw', () => {
  it('is told where it is less than the policy works on', () => {
    expect(triedOn('', ['logs'], ['logs'])).toEqual({ filtered: false, narrow: null });
    expect(triedOn('', ['logs'], ['logs', 'spans', 'metrics']).narrow).toMatch(/Tried on logs.*works on spans and metrics as well/);
    expect(triedOn('Body has "x"', ['logs'], ['logs'])).toMatchObject({ filtered: true, narrow: expect.stringMatching(/clear the filter/) as string });
  });
});

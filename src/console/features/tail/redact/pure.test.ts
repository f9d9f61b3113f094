import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RedactionSource, RuleDetail, SourceAgent } from '../../../../model/index.ts';
import { policyOf, type RedactWish } from '../../../editor/redact/index.ts';
import { fakeRecord } from '../testing/fake-tail.ts';
import { blastRates } from './blast-rates.ts';
import { excerptOf, leftOfPartial } from './excerpt.ts';
import { existingPolicies } from './existing.ts';
import { holdStops, noStops } from './held-stops.ts';
import { nameForRule } from './name-problem.ts';
import { allWords, othersInClear } from './others.ts';
import { agentStep, leakSinceApplied, sourceOf, watchingOf, watchingWords } from './progress.ts';
import { guessesOf, type Guess } from './rank.ts';
import { onlyHere, shownResult } from './shown-result.ts';
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
  const held = { stoppedAt: agent.stoppedAt, firstMaskedAt: agent.firstMaskedAt, lastLeakAt: agent.lastLeakAt, againAt: null };
  const laterMs = Date.parse('2026-03-12T14:02:20Z');
  it('names the second and the agent', () => {
    expect(agentStep(agent, held, 0, clock, true)).toEqual({ state: 'stopped', words: 'stopped at 14:02:11 on cart-1, first hidden 14:02:12, last leaked 14:02:09' });
    expect(agentStep(agent, undefined, 0, clock, true).state, 'before it is held').toBe('waiting');
    expect(agentStep({ ...agent, stoppedAt: null, appliedAt: null, firstMaskedAt: null }, undefined, 0, clock, false)).toEqual({ state: 'waiting', words: 'is not known to have it yet' });
    expect(agentStep({ ...agent, stoppedAt: null, appliedAt: null, firstMaskedAt: null }, undefined, 0, clock, true).words, 'beside "applied on 1 of 1"').toBe('has it; none has come yet that it could hide');
    expect(agentStep({ ...agent, stoppedAt: null, lastLeakAt: '2026-03-12T14:02:15Z' }, undefined, 0, clock, true)).toEqual({ state: 'leaking', words: 'applied 14:02:10, still leaked at 14:02:15' });
    expect(agentStep({ ...agent, stoppedAt: null, firstMaskedAt: null }, undefined, 0, clock, true).words).toBe('applied 14:02:10, nothing to hide came yet');
    expect(agentStep({ ...agent, stoppedAt: null }, undefined, 0, clock, true).words).toBe('applied 14:02:10, hidden since 14:02:12');
  });

  it('stays once there is evidence; only a later leak takes it back, and says so', () => {
    expect(holdStops(noStops, [agent], Date.parse('2026-03-12T14:02:12Z')), 'reports may be on their way').toBe(noStops);
    const stops = holdStops(noStops, [agent], laterMs);
    expect(stops.get('a')).toEqual(held);
    expect(holdStops(stops, [{ ...agent, stoppedAt: null, appliedAt: null }], laterMs), 'an answer that wavers').toBe(stops);
    expect(holdStops(stops, [{ ...agent, stoppedAt: null, lastLeakAt: '2026-03-12T14:02:10.500Z' }], laterMs), 'a leak from before').toBe(stops);
    const again = holdStops(stops, [{ ...agent, stoppedAt: null, lastLeakAt: '2026-03-12T14:02:18Z' }], laterMs);
    expect(agentStep(agent, again.get('a'), 0, clock, true)).toEqual({ state: 'leaking', words: 'left again at 14:02:18; it had stopped at 14:02:11' });
    expect(holdStops(again, [agent], laterMs + 60_000), 'the old moment is no news').toBe(again);
    const ended = holdStops(again, [{ ...agent, lastLeakAt: '2026-03-12T14:02:18Z', stoppedAt: '2026-03-12T14:02:19Z' }], laterMs + 60_000);
    expect(ended.get('a')).toMatchObject({ stoppedAt: '2026-03-12T14:02:19Z', againAt: null });
  });

  it('whatever comes, a held stop goes by a later leak alone', () => {
    const moment = fc.option(fc.integer({ min: 0, max: 60 }).map((s) => new Date(laterMs + s * 1000).toISOString()), { nil: null });
    fc.assert(fc.property(fc.array(fc.record({ appliedAt: moment, firstMaskedAt: moment, lastLeakAt: moment, stoppedAt: moment })), (answers) => {
      let stops = noStops;
      for (const answer of answers) {
        const before = stops.get('a');
        stops = holdStops(stops, [{ agent: agent.agent, ...answer }], laterMs + 120_000);
        const after = stops.get('a');
        if (before !== undefined && before.againAt === null) expect(after!.againAt !== null).toBe(answer.lastLeakAt !== null && answer.lastLeakAt > before.stoppedAt);
      }
    }));
  });

  it('says how long is watched, and how much so far', () => {
    const scan = { fromUnixMs: laterMs - 5000, toUnixMs: laterMs + 30_000, by: 'weir', records: 312, ofRecords: 312, found: 0, agents: ['cart-1'] };
    const facts = { now: laterMs, scanned: { fullUntil: new Date(laterMs + 30_000).toISOString() } as never };
    const at = (unixMs: number) => new Date(unixMs).toISOString().slice(11, 19);
    expect(watchingWords(watchingOf({ ...facts, fullScans: [scan] }, laterMs - 3000)!, laterMs, null, at)).toBe('Watching until 14:02:50, 312 records so far, none left.');
    expect(watchingWords(watchingOf({ ...facts, fullScans: [{ ...scan, toUnixMs: laterMs - 1000 }] }, laterMs - 3000)!, laterMs, '2026-03-12T14:02:18Z', at)).toBe('Watched until 14:02:19, 312 records, the last one left at 14:02:18.');
    expect(watchingWords(watchingOf(facts, laterMs)!, laterMs, null, at)).toBe('Watching until 14:02:50, none left.');
    expect(leakSinceApplied([agent])).toBeNull();
    expect(leakSinceApplied([{ ...agent, lastLeakAt: '2026-03-12T14:02:15Z' }])).toBe('2026-03-12T14:02:15Z');
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

describe('what a value becomes, shown', () => {
  const value = 'sync https://bot:TOKEN0123456789@git failed for a@b.example';
  const start = value.indexOf('TOKEN');
  const token = { start, end: start + 15, detector: 'github-token', confidence: 1 };
  const mail = { start: value.indexOf('a@b'), end: value.length, detector: 'email', confidence: 1 };
  const made = (as: string) => ({ text: value.slice(0, token.start) + as + value.slice(token.end), hidden: [token] });
  it('is the policy’s own result; another secret is hidden for display only', () => {
    expect(shownResult(value, made('••••6789'), [token, mail])).toBe(`sync https://bot:••••6789@git failed for ${onlyHere}`);
    expect(shownResult(value, made('h:1f2e'), [token, mail])).toBe(`sync https://bot:h:1f2e@git failed for ${onlyHere}`);
    expect(shownResult(value, made(''), [token, mail])).toBe(`sync https://bot:@git failed for ${onlyHere}`);
    expect(shownResult(value, { text: null, hidden: [] }, [token, mail])).toBeNull();
  });
  it('a finding across the edge of what is hidden is about the same; one around it is hidden beside it', () => {
    expect(shownResult(value, made('#'), [{ ...token, start: token.start - 4 }, { ...mail }])).toBe(`sync https://${onlyHere}#@git failed for ${onlyHere}`);
    expect(shownResult(value, made('#'), [{ ...token, start: token.start + 3, end: token.end + 4 }])).toBe(made('#').text);
  });
  it('never shows a secret that the policy leaves alone', () => fc.assert(fc.property(fc.string(), fc.string({ minLength: 1 }).map((text) => `<${text.replace(/[<>]/g, '')}>`), fc.string(), fc.string(), (a, secret, b, as) => {
    const text = `${a}HIDE${b}${secret}`;
    const hidden = [{ start: a.length, end: a.length + 4, detector: 'x', confidence: 1 }];
    const shown = shownResult(text, { text: `${a}${as}${b}${secret}`, hidden }, [{ start: text.length - secret.length, end: text.length, detector: 'y', confidence: 1 }]);
    expect(shown).toBe(`${a}${as}${b}${onlyHere}`);
  })));
});

describe('the other secrets of a record', () => {
  const guess = (detector: string, key: string, text: string): Guess => ({ detector, key, place: 'attribute', confidence: 1, hit: 'field', text, start: 0, end: text.length });
  const found = [guess('email', 'user.mail', 'ada@b.example'), guess('jwt', 'auth', 'abc.def.ghi'), guess('email', 'contact', 'bob@b.example')];
  const secret = 'ada@b.example';
  it('are those that the wish leaves in clear', () => {
    expect(othersInClear(found, { what: { kind: 'detector', detector: 'email' }, where: 'key-in-service' }, at, secret).map(({ key }) => key)).toEqual(['auth', 'contact']);
    expect(othersInClear(found, { what: { kind: 'detector', detector: 'email' }, where: 'service' }, at, secret).map(({ key }) => key)).toEqual(['auth']);
    expect(othersInClear(found, { what: { kind: 'detector', detector: 'email', also: ['jwt'] }, where: 'service' }, at, secret)).toEqual([]);
    expect([1, 2, 3, 9].map(allWords)).toEqual(['both', 'all three', 'all four', 'all 10']);
  });
  it('become one entry with all detectors', () => expect(policyOf({ what: { kind: 'detector', detector: 'email', also: ['jwt'] }, where: 'service', action: 'mask', keep: 4 }, at, 'p', '').entries).toEqual([{ service: 'cart', detectors: ['email', 'jwt'], do: 'mask' }]));
});

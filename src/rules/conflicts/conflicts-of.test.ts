// Conflicts: the sentences, and that `never` is never wrong.
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { createPipeline } from '../../engine/index.ts';
import { resolveNames, type KqlLanguage } from '../../kql/index.ts';
import { encodeRecord } from '../tests/index.ts';
import { compiledQuery, languageForTests } from '../testing/language-for-tests.ts';
import { defaultBounds, redactionPolicy, type RedactionPolicyInput } from '../../model/index.ts';
import type { CompiledPolicyRule, CompiledQuery } from '../types.ts';
import { conflictsOf, type ConflictRule } from './conflicts-of.ts';

let language: KqlLanguage;
beforeAll(async () => { language = await languageForTests(); }, 60_000);

type Given = readonly [name: string, kql: string, more?: { targets?: string; order?: number; location?: CompiledQuery['location'] }];
const messages = (...rules: readonly Given[]): readonly string[] => conflictsOf(rules.map(([name, kql, more], place) => ({ ...compiledQuery(language, name, kql, more), id: `${place}` }))).map(({ level, message }) => `${level}: ${message}`);

const withId = (rule: CompiledQuery) => ({ ...rule, id: rule.name });

const rate = (name = 'launch-rate'): Given => [name, 'Logs | where EventName == "LogLaunch" and SeverityNumber >= 9 | summarize n = count() by bin(Timestamp, 10s) | invoke to_metric("m", keep=true)'];

test('a rule that drops all that a later one reads', () => {
  expect(messages(['drop-launch', 'Logs | where EventName startswith "loglaun" | invoke drop()'], rate())).toEqual(['never: launch-rate never sees a record: drop-launch, which runs before it, drops them all.']);
  expect(messages(['to-recorder', 'Logs | invoke record("box")'], rate())).toEqual(['never: launch-rate never sees a record: to-recorder, which runs before it, diverts them all into the recorder box.']);
  expect(messages(['sampler', 'Logs | where SeverityNumber > 8 | invoke sample(0.1)'], rate())).toEqual(['some: launch-rate sees only a part of its records: sampler, which runs before it, keeps only 10 percent of them.']);
});

test('a rule that takes some of them', () => {
  expect(messages(['drop-info', 'Logs | where EventName == "LogLaunch" and SeverityNumber < 13 | invoke drop()'], rate())).toEqual(['some: launch-rate sees only a part of its records: drop-info, which runs before it, drops some of them.']);
});

test.each<readonly [string, Given, Given, RegExp]>([
  ['samples by severity, names nothing', ['quiet', 'Logs | where SeverityNumber < 13 | invoke sample(0.1)'], rate(), /^some: launch-rate sees only a part of its records: quiet, which runs before it, keeps only 10 percent of some of them\.$/],
  ['drops by text, names nothing', ['no-health', 'Logs | where Body has "health" | invoke drop()'], rate(), /^some: launch-rate sees only a part .* drops some of them\.$/],
  ['drops one event of all that the later one reads', ['drop-launch', 'Logs | where EventName == "LogLaunch" | invoke drop()'], ['all', 'Logs | summarize n = count() by bin(Timestamp, 10s) | invoke to_metric("m")'], /^some: all sees only a part/],
  ['the event by its durable id', ['drop-launch', 'Logs | where DurableId == "LogLaunch" | invoke drop()'], rate(), /^never: launch-rate never sees a record/],
  ['the event by the name that follows renames', ['drop-launch', 'Logs | where event("LogLaunch") | invoke drop()'], rate(), /^never: launch-rate never sees a record/],
  ['a copy of the same rule', ['drop-launch', 'Logs | where EventName == "LogLaunch" | invoke drop()'], ['drop-launch-copy', 'Logs | where EventName == "LogLaunch" | invoke drop()'], /^never: drop-launch-copy never sees a record/],
])('takes from the later one: %s', (_name, early, late, expected) => {
  expect(messages(early, late)).toEqual([expect.stringMatching(expected)]);
});

test.each<readonly [string, readonly Given[]]>([
  ['one names an event, the other a service', [['a', 'Logs | where ServiceName == "cart" | invoke drop()'], rate()]],
  ['other severities', [['a', 'Logs | where SeverityNumber < 9 | invoke drop()'], rate()]],
  ['the event is excepted', [['a', 'Logs | where EventName != "LogLaunch" | invoke drop()'], rate()]],
  ['another event', [['a', 'Logs | where EventName == "Other" | invoke drop()'], rate()]],
  ['another event, by the name that follows renames', [['a', 'Logs | where EventName == "LogLaunch" | invoke drop()'], ['b', 'Logs | where event("CheckoutStarted") | invoke sample(0.1)']]],
  ['another table', [['a', 'Spans | invoke drop()'], rate()]],
  ['another place', [['a', 'Logs | invoke drop()', { location: 'off-box' }], rate()]],
  ['later', [['a', 'Logs | invoke drop()', { order: 200 }], rate()]],
  ['tee', [['a', 'Logs | invoke record("x", tee=true)'], rate()]],
  ['redaction runs first', [['a', 'Logs | invoke drop()', { order: 1 }], ['r', 'Logs | invoke redact("email")', { order: 900 }]]],
])('no conflict: %s', (_name, rules) => {
  expect(messages(...rules)).toEqual([]);
});

test('names that were renamed meet under what they mean', () => {
  const [drop, ofCart, late] = [
    compiledQuery(language, 'a', 'Logs | where EventName == "checkout.started" | invoke drop()'), compiledQuery(language, 'a', 'Logs | where EventName == "checkout.started" and ServiceName == "cart" | invoke drop()'),
    compiledQuery(language, 'b', 'Logs | where event("CheckoutStarted") | invoke drop()'),
  ].map(withId) as [ConflictRule, ConflictRule, ConflictRule];
  const levels = (service: string | null, early = drop) => conflictsOf([early, late].map((rule) => resolveNames(rule, { events: { CheckoutStarted: [{ name: 'CheckoutStarted', service: null }, { name: 'checkout.started', service }] }, fields: {} }))).map(({ level }) => level);
  expect(conflictsOf([drop, late])).toEqual([]);
  expect(levels(null)).toEqual(['some']);
  expect(levels('shop')).toEqual(['some']);
  expect(levels('shop', ofCart)).toEqual([]);
});

test('a rule in between that writes makes `never` unsure; a shadow rule takes nothing', () => {
  const rules = [compiledQuery(language, 'drop', 'Logs | where EventName == "A" | invoke drop()', { order: 1 }), compiledQuery(language, 'rename', 'Logs | where EventName == "B" | extend EventName = "A" | invoke update()', { order: 2 }), compiledQuery(language, 'late', 'Logs | where EventName == "A" | invoke drop()', { order: 3 })].map((rule) => ({ ...rule, id: rule.name }));
  expect(conflictsOf(rules).map(({ level }) => level)).toEqual(['some']);
  expect(conflictsOf([rules[0]!, rules[2]!]).map(({ level }) => level)).toEqual(['never']);
  expect(conflictsOf([{ ...rules[0]!, shadow: true }, rules[2]!])).toEqual([]);
});

test('a policy takes records only when it may drop them', () => {
  const of = (policy: RedactionPolicyInput): CompiledPolicyRule & { readonly id: string } => ({ id: 'p', kind: 'redaction-policy', name: 'privacy', location: 'on-box', order: 900, targets: null, bounds: defaultBounds, expiresAfterMs: null, policy: redactionPolicy.parse(policy) });
  const later = { ...compiledQuery(language, 'rate', 'Logs | where EventName == "A" | invoke sample(0.5)', { order: 1 }), id: 'r' };
  const found = (policy: RedactionPolicyInput): readonly string[] => conflictsOf([of(policy), later]).map(({ level, message }) => `${level}: ${message}`);
  expect(found({})).toEqual([]);
  expect(found({ entries: [{ key: 'a', do: 'remove' }] })).toEqual([]);
  const expected = ['some: rate sees only a part of its records: privacy, which runs before it, drops those of them in which it finds what must not pass.'];
  expect(found({ mode: 'drop' })).toEqual(expected);
  expect(found({ entries: [{ detectors: ['jwt'], do: 'drop' }] })).toEqual(expected);
  expect(conflictsOf([of({ mode: 'drop' }), { ...of({}), id: 'q' }, { ...later, location: 'off-box' }])).toEqual([]);
});

test('rules are known by id, whatever they are called, and equal orders are settled by it', () => {
  const drop = compiledQuery(language, 'same', 'Logs | where EventName == "A" | invoke drop()');
  expect(conflictsOf([{ ...drop, id: 'b' }, { ...drop, id: 'a' }, { ...drop, id: 'c', order: 1 }])).toMatchObject([{ id: 'a', withId: 'c' }, { id: 'b', withId: 'c' }]);
});

test('targets belong to the condition', () => {
  const late: Given = ['late', 'Logs | where EventName == "A" | invoke drop()', { targets: 'ServiceName == "shop"', order: 200 }];
  expect(messages(['early', 'Logs | where EventName == "A" | invoke drop()', { targets: 'ServiceName in ("shop", "cart")' }], late)[0]).toMatch(/^never/);
  expect(messages(['early', 'Logs | where EventName == "A" | invoke drop()', { targets: 'ServiceName == "cart"' }], late)).toEqual([]);
});

// Random pairs of rules over few fields and values, records to match: whenever it is said that the later rule never sees a
// record, the real pipeline agrees for every record tried.
const texts = ['A', 'a', 'AB', 'ab c', 'c', 'b-a', '', '5'];
const field = fc.constantFrom('EventName', 'DurableId', 'SeverityText', 'tostring(Attributes.x)', 'Attributes.x', 'Body', 'ServiceName');
const quoted = fc.constantFrom(...texts).map((text) => `"${text}"`);
const textAtom = fc.oneof(
  fc.tuple(field, fc.constantFrom('==', '!=', '=~', '!~', 'has', '!has', 'has_cs', 'contains', 'contains_cs', 'startswith', 'startswith_cs', 'endswith', '!contains'), quoted).map((parts) => parts.join(' ')),
  fc.tuple(field, fc.constantFrom('in', '!in', 'in~'), fc.array(quoted, { minLength: 1, maxLength: 3 })).map(([name, op, values]) => `${name} ${op} (${values.join(', ')})`),
  field.map((name) => `isnotempty(${name})`),
);
const number = fc.constantFrom('SeverityNumber', 'toint(Attributes.x)', 'Attributes.x');
const bound = fc.constantFrom(0, 5, 9, 13);
const numberAtom = fc.oneof(
  fc.tuple(number, fc.constantFrom('==', '!=', '<', '<=', '>', '>='), bound).map((parts) => parts.join(' ')), fc.tuple(bound, fc.constantFrom('<', '>='), number).map((parts) => parts.join(' ')),
  fc.tuple(number, bound, bound).map(([name, a, b]) => `${name} between (${Math.min(a, b)} .. ${Math.max(a, b)})`),
);
const atom = fc.oneof({ weight: 3, arbitrary: textAtom }, { weight: 2, arbitrary: numberAtom });
const condition = fc.oneof({ weight: 4, arbitrary: atom }, { weight: 1, arbitrary: fc.tuple(atom, atom).map(([a, b]) => `(${a} or ${b})`) }, { weight: 1, arbitrary: atom.map((one) => `not(${one})`) });
/** The later rule often asks for what the earlier one does, and more. */
const pair = fc.tuple(fc.array(condition, { maxLength: 2 }), fc.array(condition, { maxLength: 2 }), fc.boolean()).map(([a, b, shared]) => [a, shared ? [...a, ...b] : b] as const);
const where = (conditions: readonly string[]): string => conditions.map((one) => ` | where ${one}`).join('');
const anyText = fc.option(fc.constantFrom(...texts), { nil: undefined });
const record = fc.record({ EventName: anyText, SeverityText: anyText, Body: fc.oneof(anyText, fc.constant(5)), ServiceName: anyText, SeverityNumber: fc.option(fc.constantFrom(1, 5, 9, 13, 17), { nil: undefined }), x: fc.oneof(anyText, fc.constantFrom(0, 5, 9.5, 13), fc.boolean()) });

const pairOf = (early: readonly string[], late: readonly string[]) => [compiledQuery(language, 'early', `Logs${where(early)} | invoke drop()`, { order: 1 }), compiledQuery(language, 'late', `Logs${where(late)} | invoke drop()`, { order: 2 })] as const;

/** How many of the records each rule matches, in the real pipeline. */
function matches(rules: readonly CompiledQuery[], records: readonly Parameters<typeof encodeRecord>[1][]): ReadonlyMap<string, number> {
  const pipeline = createPipeline({ clock: { nowUnixNano: () => 1n, monotonicMs: () => 0 }, resource: {}, recorderBytes: 1, maxGroups: 1 });
  const taken = pipeline.replaceRules(rules.map(({ name, order, plan }) => ({ id: name, name, version: 1, order, plan })));
  if (!taken.ok) throw new Error(taken.error.message);
  for (const one of records) { const bytes = encodeRecord('logs', one, 1n); if (bytes.ok) pipeline.process('logs', bytes.value, { in: false, out: false }); }
  return new Map(pipeline.stats().map(({ id, matched }) => [id, matched]));
}

test('`never` holds in the real pipeline, and is said often enough to mean something', () => {
  let never = 0;
  fc.assert(fc.property(pair, fc.array(record, { minLength: 30, maxLength: 30 }), ([early, late], records) => {
    const rules = pairOf(early, late);
    if (!conflictsOf(rules.map(withId)).some(({ level }) => level === 'never')) return;
    never++;
    const seen = matches(rules, records).get('late')!;
    if (seen > 0) throw new Error(`late saw ${seen}: early [${early.join('] [')}], late [${late.join('] [')}]`);
  }), { numRuns: 400 });
  expect(never).toBeGreaterThan(80);
}, 180_000);

test('where one of two names nothing, a record that both match never goes unsaid', () => {
  const names = /EventName|ServiceName|DurableId/;
  let met = 0;
  fc.assert(fc.property(fc.array(condition.filter((one) => !names.test(one)), { maxLength: 2 }), fc.array(condition, { maxLength: 2 }), fc.boolean(), fc.array(record, { minLength: 30, maxLength: 30 }), (broad, other, first, records) => {
    const [early, late] = pairOf(first ? broad : other, first ? other : broad);
    const alone = (rule: CompiledQuery): readonly boolean[] => records.map((one) => matches([rule], [one]).get(rule.name) === 1);
    const seenLate = alone(late);
    if (!alone(early).some((seen, i) => seen && seenLate[i] === true)) return;
    met++;
    if (conflictsOf([early, late].map(withId)).length === 0) throw new Error(`early [${(first ? broad : other).join('] [')}], late [${(first ? other : broad).join('] [')}]`);
  }), { numRuns: 60 });
  expect(met).toBeGreaterThan(10);
}, 180_000);

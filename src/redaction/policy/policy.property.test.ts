// Random policies over random values, held against a plain reading of the document.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PolicyAllow, PolicyEntry, RedactionPlace, RedactionPolicyInput } from '../../model/index.ts';
import { leftOf, policyOf } from './testing/try-policy.ts';

const planted = { email: 'joe.doe@mailbox.net', ipv4: '81.2.69.144' } as const;
type Planted = keyof typeof planted;
interface RandomValue { readonly key: string; readonly place: RedactionPlace; readonly service: string; readonly parts: readonly (Planted | string)[] }

const keys = ['', 'note', 'contact', 'user.email', 'app.note', 'app.peer'];
const value: fc.Arbitrary<RandomValue> = fc.record({
  key: fc.constantFrom(...keys), place: fc.constantFrom<RedactionPlace>('attribute', 'resource', 'body'), service: fc.constantFrom('shop', 'pay'),
  parts: fc.array(fc.constantFrom<Planted | string>('email', 'ipv4', 'and', 'then'), { minLength: 1, maxLength: 4 }),
});
const textOf = ({ parts }: RandomValue): string => parts.map((part) => planted[part as Planted] ?? part).join(' ');

const entry: fc.Arbitrary<PolicyEntry> = fc.record({
  do: fc.constantFrom<PolicyEntry['do']>('mask', 'partial', 'hash', 'remove', 'drop', 'ignore', 'ignore'),
  key: fc.constantFrom(undefined, '*', 'app.*', 'note', 'USER.*', '*o*'), in: fc.constantFrom(undefined, ['attribute' as const], ['body' as const, 'resource' as const]),
  service: fc.constantFrom(undefined, 'p*'), detectors: fc.constantFrom(undefined, ['email'], ['ipv4', 'sensitive-key'], ['*']),
}).map((one) => ({ ...one, reason: 'a test' }) as PolicyEntry);
const policy: fc.Arbitrary<RedactionPolicyInput> = fc.record({
  mode: fc.constantFrom('mask' as const, 'partial' as const, 'hash' as const, 'remove' as const, 'drop' as const), entries: fc.array(entry, { maxLength: 5 }),
  allow: fc.constantFrom(undefined, [{ keys: ['note', 'user.*'] }] as PolicyAllow[], [{ keys: ['app.*'], service: 'p*', otherwise: 'mask' }] as PolicyAllow[]), sensitiveKeys: fc.boolean(),
}).map(({ allow, ...rest }) => ({ ...rest, ...(allow !== undefined && { allow }) }));

const matches = (glob: string | undefined, text: string): boolean => glob === undefined || new RegExp(`^${glob.replaceAll('.', '\\.').replaceAll('*', '.*')}$`, 'i').test(text);

function fits(one: PolicyEntry, { key, place, service }: RandomValue): boolean {
  const isKeyed = key !== '' || place === 'body' || one.in !== undefined || one.detectors !== undefined;
  return isKeyed && (one.in?.includes(place) ?? true) && matches(one.service, service) && (matches(one.key, key) || (key === '' && matches(one.key, place)));
}

/** Whether the document, read by a person, lets what the detector finds pass: only an ignore can. */
function mayStay({ entries = [], allow = [], sensitiveKeys = true }: RedactionPolicyInput, of: RandomValue, detector: Planted): boolean {
  const fitting = (entries as readonly PolicyEntry[]).filter((one) => fits(one, of));
  const whole = fitting.find((one) => one.detectors === undefined);
  const decides = (name: string): PolicyEntry | undefined => fitting.find((one) => one === whole || one.detectors?.some((detectors) => detectors === name || detectors === '*') === true);
  if (decides(detector)?.do !== 'ignore') return false;
  const lists = allow.filter(({ service }) => matches(service, of.service));
  if (whole === undefined && of.key !== '' && of.place !== 'body' && lists.length > 0 && !lists.some((list) => list.keys.some((key) => matches(key, of.key)))) return false;
  return !(of.key === 'user.email' && sensitiveKeys && decides('sensitive-key')?.do !== 'ignore');
}

test('nothing stays that the policy does not ignore by name', () => {
  let stayed = 0;
  fc.assert(fc.property(policy, fc.array(value, { minLength: 1, maxLength: 6 }), (input, values) => {
    const compiled = policyOf(input);
    for (const one of values) {
      const left = leftOf(compiled, { text: textOf(one), key: one.key, place: one.place, service: one.service });
      for (const detector of ['email', 'ipv4'] as const) {
        if (!one.parts.includes(detector) || !left.includes(planted[detector])) continue;
        stayed++;
        expect([input, one, left, mayStay(input, one, detector)]).toEqual([input, one, left, true]);
      }
    }
  }), { numRuns: 500 });
  // Else the test would say nothing of ignore.
  expect(stayed).toBeGreaterThan(20);
});

test('what an entry ignores, and nothing else is about, stays as it is', () => {
  fc.assert(fc.property(value, (one) => {
    const compiled = policyOf({ sensitiveKeys: false, entries: [{ detectors: ['email'], do: 'ignore', reason: 'a test' }] });
    const left = leftOf(compiled, { text: textOf(one), key: one.key, place: one.place, service: one.service });
    expect(left).toBe(textOf(one).replaceAll(planted.ipv4, '••••'));
  }), { numRuns: 300 });
});

test('a value that must go whole leaves none of its words', () => {
  fc.assert(fc.property(policy, value, (input, one) => {
    const compiled = policyOf({ ...input, entries: [{ key: one.key === '' ? 'body' : one.key, in: [one.place], do: 'mask' }, ...(input.entries ?? [])] });
    const left = leftOf(compiled, { text: textOf(one), key: one.key, place: one.place, service: one.service });
    if (one.key !== '' || one.place === 'body') expect(left).toBe('••••');
  }), { numRuns: 200 });
});

test('an address that is ignored everywhere is still hidden under a key that makes it sensitive', () => {
  const compiled = policyOf({ mode: 'mask', sensitiveKeys: true, entries: [{ detectors: ['email'], do: 'ignore', reason: 'a test' }, { do: 'mask', key: '*' }] });
  expect(leftOf(compiled, { text: planted.email, key: 'user.email', place: 'attribute', service: 'shop' })).toBe('••••');
  expect(leftOf(compiled, { text: planted.email, key: 'note', place: 'attribute', service: 'shop' })).toBe(planted.email);
});

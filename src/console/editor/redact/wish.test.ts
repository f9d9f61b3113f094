import { describe, expect, it } from 'vitest';
import { policyDocument } from '../../../model/index.ts';
import { parseRule } from '../../../rules/index.ts';
import { withEntry } from './add-entry.ts';
import { entryOf, freeName, patternName, policyOf, suggestedName, wishWheres, type RedactWish, type SecretPlace } from './wish.ts';
import { whereWords } from './words.ts';

const at: SecretPlace = { service: 'cart', place: 'attribute', key: 'auth.token', signal: 'logs' };
const token: RedactWish = { what: { kind: 'detector', detector: 'github-token' }, where: 'key-in-service', action: 'mask', keep: 4 };
const own: RedactWish = { ...token, what: { kind: 'pattern', name: 'order-id', pattern: 'ord-[0-9]{5}' } };

describe('a wish as a policy', () => {
  it('touches what it names and nothing else', () => {
    expect(policyOf(token, at, 'redact-x', 'why')).toMatchObject({
      detectors: ['*'], sensitiveKeys: false,
      except: ['*'], entries: [{ key: 'auth.token', in: ['attribute'], service: 'cart', detectors: ['github-token'], do: 'mask' }],
    });
    expect(policyOf({ ...token, where: 'everywhere', action: 'partial' }, at, 'x', '')).toMatchObject({ detectors: ['github-token'], mode: 'partial', keep: 4, entries: [] });
  });

  it('is of every signal, but for a whole text without a key', () => {
    const value: RedactWish = { ...token, what: { kind: 'value' } };
    for (const wish of [token, own, value]) for (const where of wishWheres) expect(policyOf({ ...wish, where }, at, 'x', '')).not.toHaveProperty('signals');
    expect(policyOf(value, { ...at, place: 'name', key: '', signal: 'spans' }, 'x', '').signals).toEqual(['spans']);
    expect(policyOf(own, { ...at, place: 'body', key: '' }, 'x', '')).not.toHaveProperty('signals');
  });

  it.each(wishWheres.flatMap((where) => [token, own, { ...token, what: { kind: 'value' } as const }, { ...token, action: 'partial' as const }].map((wish) => [where, wish] as const)))('is a whole document: %s %j', (where, wish) => {
    const document = policyOf({ ...wish, where }, at, 'redact-x', 'why');
    expect(policyDocument.parse(document)).toEqual(document);
  });

  it('is of the key, of the service, or of both', () => {
    expect(wishWheres.map((where) => entryOf({ ...token, where }, at))).toMatchObject([{ key: 'auth.token', service: 'cart' }, { key: 'auth.token' }, { service: 'cart' }, {}]);
    expect(entryOf({ ...token, where: 'service' }, at)).not.toHaveProperty('key');
    expect(entryOf({ ...token, what: { kind: 'value' }, where: 'everywhere' }, at)).toEqual({ key: 'auth.token', in: ['attribute'], do: 'mask' });
    expect(wishWheres.map((where) => whereWords(where, at))).toEqual(['auth.token, in cart', 'auth.token, in every service', 'everywhere in cart', 'everywhere']);
  });

  it('has a name', () => {
    expect(suggestedName(token, at)).toBe('redact-github-token-cart');
    expect(suggestedName({ ...own, where: 'everywhere' }, at)).toBe('redact-order-id');
    expect(suggestedName({ ...token, what: { kind: 'value' } }, { ...at, key: 'x'.repeat(90), service: 'y'.repeat(90) }).length).toBeLessThanOrEqual(63);
    expect(freeName('a', new Set(['a', 'a-2']))).toBe('a-3');
    expect([patternName(at), patternName({ ...at, key: '' })]).toEqual(['auth-token', 'cart-pattern']);
  });
});

describe('a wish as an entry of a policy that runs', () => {
  const text = `weir: 1\nkind: redaction-policy\nname: tokens\ndetectors: [jwt] # only these\nentries:\n  # first\n  - key: a\n    do: mask\n`;
  const read = (after: string | null) => { const { document, problems } = parseRule(after ?? ''); expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]); return document?.kind === 'redaction-policy' ? document : null; };

  it('comes first, with what it needs', () => {
    const after = withEntry(text, own, at);
    expect(after).toContain('# only these');
    expect(after).toContain('# first');
    expect(read(after)).toMatchObject({ detectors: ['jwt'], patterns: [{ name: 'order-id' }], entries: [{ key: 'auth.token', detectors: ['order-id'], do: 'mask' }, { key: 'a' }] });
  });

  it('gives a pattern a name of its own, and leaves exceptions', () => {
    const taken = `${text}patterns:\n  - name: order-id\n    pattern: other\nexcept: [github-token]\n`;
    expect(read(withEntry(taken, own, at))).toMatchObject({ patterns: [{ name: 'order-id', pattern: 'other' }, { name: 'order-id-2' }], entries: [{ detectors: ['order-id-2'] }, {}] });
    expect(read(withEntry(taken, token, at))?.except).toEqual(['github-token']);
  });

  it('is none of another kind', () => expect(withEntry('name: x\nkql: Logs\n', token, at)).toBeNull());
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createScanner, generators, seededRandom } from '../../redaction/index.ts';
import { examplesOf, isPersonalName, shapeOfText } from './index.ts';

const made = createScanner(['*']);
if (!made.ok) throw new Error(made.error.message);
const scanner = made.value;
const told = (key: string, values: readonly string[], distinct = values.length, seen = 100) => examplesOf({ key, values, shapes: values.map(shapeOfText), distinct, seen }, scanner);

describe('examples', () => {
  it('show values that are few, short and harmless', () => {
    expect(told('http.request.method', ['GET', 'POST'])).toEqual(['GET', 'POST']);
    expect(told('user.tier', ['gold', 'silver'])).toEqual(['gold', 'silver']);
    expect(told('http.response.status_code', ['200', '404'])).toEqual(['200', '404']);
  });

  it('show shapes of values that are many, seen too seldom, or text', () => {
    expect(told('colour', ['green'], 17)).toEqual(['aaaaa']);
    expect(told('colour', ['green'], 1, 7)).toEqual(['aaaaa']);
    expect(told('colour', ['green', 'blue'], 80, 100)).toEqual(['aaaaa', 'aaaa']);
    expect(told('note', ['Call Anna-2041 back'])).toEqual(['Aaaa Aaaa-9999 aaaa']);
    expect(told('order', ['1234567'])).toEqual(['9999999']);
    expect(told('name', ['Jürgen'])).toEqual(['Aaaaaa']);
  });

  it('show shapes of what is a person’s, and nothing of what is secret', () => {
    for (const key of ['user.id', 'userId', 'customer_name', 'client.address', 'enduser.id', 'email', 'session.id', 'billing.zip']) expect(told(key, ['anna']), key).toEqual(['aaaa']);
    expect(told('db.password', ['hunter'])).toEqual([]);
    expect(isPersonalName('order.lane')).toBe(false);
  });

  it('never show what a detector finds', () => {
    const random = seededRandom(7);
    for (const { detector, positive } of generators) {
      const { secret, key } = positive(random);
      const shown = told(key ?? 'note', [secret]).includes(secret);
      expect(shown && scanner.scanText(secret, key ?? 'note').length > 0, detector).toBe(false);
    }
  });

  it('keep no letter or digit of a value in its shape', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => { expect(shapeOfText(text)).toMatch(/^[Aa9 !-/:-@[-`{-~…]*(?: \(\d+ bytes\))?$/); }));
    expect(shapeOfText('x'.repeat(100))).toBe(`${'a'.repeat(40)}… (100 bytes)`);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../../../base/index.ts';
import { ByteDictionary } from './byte-dictionary.ts';

describe('ByteDictionary', () => {
  it('gives equal strings of one tag one id, different ones different ids, and the text back', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.string({ maxLength: 12 }))), (entries) => {
      const dictionary = new ByteDictionary();
      const ids = new Map<string, number>();
      for (const [tag, text] of entries) {
        const bytes = encodeUtf8(`..${text}..`);
        const id = dictionary.idOf(tag, bytes, 2, bytes.length - 2);
        expect(ids.get(`${tag} ${text}`) ?? id).toBe(id);
        ids.set(`${tag} ${text}`, id);
        expect([dictionary.text(id), dictionary.tag(id)]).toEqual([new TextDecoder().decode(encodeUtf8(text)), tag]);
      }
      expect(new Set(ids.values()).size).toBe(ids.size);
    }));
  });

  it('answers 0 past its limit and for overlong keys, and goes on knowing what it knows', () => {
    const dictionary = new ByteDictionary(2);
    expect(['a', 'b', 'c', 'a', 'x'.repeat(600)].map((text) => dictionary.idOfText(1, text))).toEqual([1, 2, 0, 1, 0]);
  });
});

// What an id promises: the same whatever the order, over restarts and between agents; old ids lead to new ones.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../base/index.ts';
import { isTemplateBook, TemplateMiner } from './index.ts';
import { Chance } from './testing/chance.ts';
import { corpusOf, formatNames } from './testing/corpus.ts';
import { idsOf, mineText } from './testing/mining.ts';

const words = ['root', 'bob', 'carol', 'zed', 'orders', 'payments', 'users', 'started', 'OK', 'eth0', 'eth1', 'a.b.c', 'com.x.y', 'rdd_7', '42', 'deploy', 'vim', 'teapot', 'mug', 'grace'];
const frames = ['session opened for user {} by {}', 'connection from {} to {} was closed', 'job {} of queue {} has failed', 'level=info msg="topic full" topic={} user={}', 'cannot open {} on {}', 'service {} is {} now', '{} close {} lifetime'];
const line = fc.tuple(fc.constantFrom(...frames), fc.constantFrom(...words), fc.constantFrom(...words)).map(([frame, first, second]) => frame.replace('{}', first).replace('{}', second));
const free = ['root', 'bob', 'zed', 'orders', 'OK', 'eth0', 'com.x.y', 'rdd_7', '42', 'grace', 'order', 'file', 'queue', 'for', 'from', 'user', 'msg=', 'GET', 'x/y', 'q13', 'is', 'failed', 'table', 'disk'];
/** A few frames with holes, filled from few words: statements that overlap in every way. */
const overlapping = fc.tuple(fc.array(fc.array(fc.option(fc.constantFrom(...free)), { minLength: 2, maxLength: 7 }), { minLength: 1, maxLength: 3 }), fc.array(fc.constantFrom(...free), { minLength: 3, maxLength: 12 }), fc.integer(), fc.integer({ min: 2, max: 80 }))
  .map(([shapes, fill, seed, count]) => { const chance = new Chance(seed); return Array.from({ length: count }, () => chance.of(shapes).map((word) => word ?? chance.of(fill)).join(' ')); });
const lines = fc.oneof(fc.array(line, { minLength: 1, maxLength: 80 }), overlapping);

describe('ids', () => {
  it('do not depend on the order of lines', () => {
    fc.assert(fc.property(lines, fc.integer(), (texts, seed) => {
      const shuffled = new Chance(seed).shuffled(texts);
      const first = new TemplateMiner();
      const second = new TemplateMiner();
      idsOf(first, texts);
      idsOf(second, shuffled);
      expect(idsOf(second, texts)).toEqual(idsOf(first, texts));
    }), { numRuns: 400 });
  });

  it('are the same from a book, and the book stays the same', () => {
    fc.assert(fc.property(lines, (texts) => {
      const first = new TemplateMiner();
      const ids = idsOf(first, texts);
      const book = JSON.parse(JSON.stringify(first.book())) as unknown;
      expect(isTemplateBook(book)).toBe(true);
      const second = new TemplateMiner();
      expect(second.learn(first.book())).toBe(0);
      expect(second.book()).toEqual(first.book());
      expect(idsOf(second, texts)).toEqual(ids);
    }), { numRuns: 200 });
  });

  it('are agreed on by miners that exchange books', () => {
    fc.assert(fc.property(lines, lines, (ours, theirs) => {
      const [first, second, both] = [new TemplateMiner(), new TemplateMiner(), new TemplateMiner()];
      idsOf(first, ours);
      idsOf(second, theirs);
      const book = first.book();
      first.learn(second.book());
      second.learn(book);
      const all = [...ours, ...theirs];
      idsOf(both, all);
      expect(idsOf(first, all)).toEqual(idsOf(second, all));
      expect(idsOf(first, all)).toEqual(idsOf(both, all));
    }), { numRuns: 200 });
  });

  it('that were ever given out lead somewhere for ever, in one step', () => {
    fc.assert(fc.property(lines, (texts) => {
      const miner = new TemplateMiner();
      const given = new Map<string, string>();
      for (const text of texts) given.set(miner.describe(mineText(miner, text)).id, text);
      for (const [id, text] of given) {
        const now = miner.find(id);
        const description = miner.describe(now);
        expect(miner.current(now)).toBe(now);
        expect(description.id === id || description.aliases.includes(id)).toBe(true);
        expect(miner.describe(mineText(miner, text)).id).toBe(description.id);
      }
    }), { numRuns: 200 });
  });

  it('are known from the first line on by the part of a book that leads to them', () => {
    fc.assert(fc.property(lines, fc.nat(), (texts, pick) => {
      const full = new TemplateMiner();
      const ids = idsOf(full, texts);
      const id = ids[pick % ids.length]!;
      const part = full.partOf([id]);
      // A line of nothing but values has the id of the overflow, which every miner knows without a book.
      expect(part.templates).toHaveLength(full.describe(full.find(id)).template === '<*>' ? 0 : 1);
      const fresh = new TemplateMiner();
      fresh.learn(part);
      expect(fresh.find(id)).toBeGreaterThanOrEqual(0);
      texts.forEach((text, i) => {
        const bytes = encodeUtf8(text);
        if (full.describe(mineText(full, text)).id !== id) return;
        // Not known yet, or known as what it is: never as something else.
        const known = fresh.look(bytes, 0, bytes.length);
        if (known >= 0) expect(fresh.find(id), texts[i]).toBe(known);
        expect(fresh.current(mineText(fresh, text))).toBe(fresh.find(id));
      });
      expect(full.partOf(['t-0000000000000000', 'x']).templates).toEqual([]);
    }), { numRuns: 200 });
  });

  it('differ by scope', () => {
    const miner = new TemplateMiner();
    expect(idsOf(miner, ['ready'], 7)).not.toEqual(idsOf(miner, ['ready']));
  });

  it('of whole corpora are the same in any order', () => {
    for (const format of formatNames) {
      const { lines: texts } = corpusOf(format, 600, 5);
      const [first, second] = [new TemplateMiner(), new TemplateMiner()];
      idsOf(first, texts);
      idsOf(second, new Chance(9).shuffled(texts));
      expect(idsOf(second, texts), format).toEqual(idsOf(first, texts));
    }
  });
});

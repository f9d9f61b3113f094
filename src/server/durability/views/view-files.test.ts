// What is refused of a file of views, and where; what is written is read again as it was.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { savedViewInput } from '../../../model/index.ts';
import { printViews, readViews } from './view-files.ts';

const refusals = (text: string): readonly string[] => { const read = readViews('f.yaml', text); return read.ok ? [] : read.error.map(({ message }) => message); };

describe('a file of views', () => {
  it.each([
    ['a key that stands twice', 'name: a\nkql: one\nkql: two\n', 'Line 3: "kql" stands here a second time. Leave one of them.'],
    ['a facet that stands twice', 'name: a\nfacets:\n  only:\n    Body: [x]\n    Body: [y]\n', 'Line 5: "Body" stands here a second time. Leave one of them.'],
    ['a key that no object has', 'name: a\nfacets:\n  hidden:\n    __proto__: [x]\n', 'Line 4: Nothing can be called __proto__ here.'],
    ['a control character in its name', 'name: "a\\0b"\n', 'Line 1: It has a control character, such as a line break or NUL. Leave it out.'],
    ['51 brackets', `name: a\ncolumns: ${'['.repeat(51)}${']'.repeat(51)}\n`, 'Its brackets are nested too deeply for a view.'],
    ['1,001 views', 'name: a\n---\n'.repeat(1001), 'It holds 1,001 views; more than 1,000 in one file are refused. Part it in several.'],
  ])('is refused for %s, which says where', (_what, text, message) => expect(refusals(text)).toEqual([message]));

  it('may hold 1,000 views, and 50 brackets', () => {
    expect(readViews('f.yaml', Array.from({ length: 1000 }, (_, i) => `name: v${i}\n`).join('---\n')).ok).toBe(true);
    expect(refusals(`name: a\ncolumns: ${'['.repeat(50)}${']'.repeat(50)}\n`)).not.toEqual(['Its brackets are nested too deeply for a view.']);
  });

  it('is read as it was written, whatever its views are called', () => {
    const plain = (maxLength: number) => fc.string({ unit: 'grapheme', minLength: 1, maxLength }).filter((text) => !/\p{Cc}/u.test(text) && text.trim() === text);
    const facet = fc.dictionary(plain(20).filter((key) => key !== '__proto__'), fc.array(plain(20), { minLength: 1, maxLength: 3 }), { maxKeys: 3, noNullPrototype: true });
    const view = fc.record({ name: plain(40), description: plain(40), kql: plain(40), columns: fc.array(plain(20), { maxLength: 3 }), stage: fc.constantFrom('in' as const, 'out' as const), facets: fc.record({ hidden: facet, only: facet }), wrap: fc.boolean(), signals: fc.constant<('logs' | 'spans')[]>(['logs']) }).filter((one) => savedViewInput.safeParse(one).success);
    fc.assert(fc.property(fc.array(view, { minLength: 1, maxLength: 4 }), (views) => {
      const read = readViews('f.yaml', printViews(views));
      expect(read.ok ? read.value.map((one) => one.view) : read.error).toEqual(views);
    }));
  });
});

// Hostile text in Markdown, judged by a Markdown reader: all of it must come out as one piece of code.
import fc from 'fast-check';
import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import type { LiveField } from '../language.ts';
import { languageForTests } from './kusto-for-tests.ts';
import { markdownCode, markdownKql } from './markdown-code.ts';

const html = (markdown: string): string => marked.parse(markdown, { async: false });
const plain = (text: string): string => text.replace(/<[^>]*>/g, '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
const tags = (text: string): readonly string[] => [...text.matchAll(/<(\w+)/g)].map(([, tag]) => tag!);
const link = '[Sign in](https://evil.example/x)';
const hostile = ['a`' + link + ' `b', '```\n' + link + '\n```', '`', '``', ' ` ', `\n\n# ${link}`, `<a href="https://evil.example">x</a>`, `x\u2028${link}`, '\\`' + link, ''];
const anything = fc.oneof(fc.constantFrom(...hostile), fc.array(fc.constantFrom('`', '``', '```', ' ', '\n', '\r', '\\', link, '<b>', '~~~', 'a', '*', '> '), { maxLength: 8 }).map((parts) => parts.join('')));

describe('code of others in Markdown', () => {
  it('is code and nothing else', () => {
    fc.assert(fc.property(anything, anything, (one, other) => {
      expect(tags(html(`For example: ${markdownCode(one)}, ${markdownCode(other)}.`))).toEqual(['p', 'code', 'code']);
      expect(tags(html(`${markdownKql(one)}\nSaid of it.`))).toEqual(['pre', 'code', 'p']);
    }), { numRuns: 1000 });
  });

  it('keeps what it says', () => {
    for (const text of hostile.filter((one) => one.trim() !== '' && !/[\n\u2028]/.test(one))) expect(plain(html(markdownCode(text))).trim()).toBe(text.trim());
  });
});

it('keys and values of records make no link in a hover or a completion', async () => {
  const kql = await languageForTests();
  const fields: readonly LiveField[] = [
    { name: 'x` ' + link + ' `', column: 'Attributes', type: 'string', presence: 1, distinct: 3, examples: hostile.filter((one) => one !== '') },
    { name: 'route', column: 'Attributes', type: 'string', presence: 1, distinct: 1, examples: ['a`' + link + ' `b'] },
  ];
  for (const { name } of fields) {
    const text = `Logs | where Attributes["${name}"] == "a"`;
    const hover = kql.hover(text, text.indexOf('["') + 3, 'rule', fields)?.text ?? '';
    expect(hover).toContain('For example');
    expect(tags(html(hover))).not.toContain('a');
  }
  const items = kql.complete('Logs | where ', 13, 'rule', fields).filter(({ kind }) => kind === 'attribute');
  expect(items).toHaveLength(2);
  for (const { documentation } of items) expect(tags(html(documentation))).not.toContain('a');
});

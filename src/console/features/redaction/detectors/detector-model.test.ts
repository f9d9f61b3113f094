import { describe, expect, it } from 'vitest';
import { detectorList } from '../../../../redaction/index.ts';
import { addressIn, familyTitle, findDetectors, hitsOf } from './detector-list.ts';
import { exampleFor } from './examples.ts';
import { marked } from './marked-parts.ts';

describe('the list of detectors', () => {
  it('finds by name, format and family, and keeps the families in order', () => {
    expect(findDetectors(detectorList, 'ghp_', undefined).flatMap(({ detectors }) => detectors.map(({ name }) => name))).toContain('github-token');
    expect(findDetectors(detectorList, '', 'personal').map(({ family }) => family)).toEqual(['personal']);
    expect(findDetectors(detectorList, 'no such thing', undefined)).toEqual([]);
  });
  it('has a title for each family that there is', () => expect(detectorList.filter(({ family }) => familyTitle(family) === family)).toEqual([]));
  it('adds up what was hidden, left and let pass', () => {
    const of = (masked: number, residual: number, ignored?: number) => ({ detector: 'email', masked, residual, ...(ignored !== undefined && { ignored }) });
    expect(hitsOf({ sources: [of(1, 2), of(3, 0, 4)] } as unknown as Parameters<typeof hitsOf>[0]).get('email')).toBe(10);
  });
  it('links the address that a source begins with', () => {
    expect(addressIn('https://www.example.com/a (words, more)')?.href).toBe('https://www.example.com/a');
    expect(addressIn('https://www.example.com/a; RFC 1')?.pathname).toBe('/a');
    expect(addressIn('ISO 9362')).toBeNull();
    expect(addressIn('https://')).toBeNull();
  });
});

describe('an example', () => {
  it('is another one each round, and null where there is no generator', async () => {
    const [one, again, other] = [await exampleFor('github-token', 1), await exampleFor('github-token', 1), await exampleFor('github-token', 2)];
    expect(one?.text).toBe(again?.text);
    expect(one?.text).not.toBe(other?.text);
    expect(await exampleFor('no-such-detector', 1)).toBeNull();
  });
});

describe('marked', () => {
  it('cuts the text at its findings and loses nothing', () => {
    const found = (start: number, end: number) => ({ start, end, detector: 'x', confidence: 1 });
    const parts = marked('ab12cd34', [found(2, 4), found(6, 8)]);
    expect(parts.map(({ text, finding }) => [text, finding !== null])).toEqual([['ab', false], ['12', true], ['cd', false], ['34', true]]);
    expect(marked('', [])).toEqual([]);
  });
});

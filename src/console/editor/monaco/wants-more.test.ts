import { describe, expect, it } from 'vitest';
import { wantsMore } from './wants-more.ts';

const taken = (written: string) => { const cursor = written.indexOf('^'); return { insertText: written.replace('^', ''), cursor: cursor < 0 ? written.length : cursor }; };

describe('after a completion was taken', () => {
  it('the next list opens where something is due', () => {
    for (const written of ['where ', 'summarize ', 'invoke ', '== ', 'in (^)', 'tostring(^)', 'Logs\n| ^', 'between (^ .. )', 'by ']) expect(wantsMore(taken(written)), written).toBe(true);
  });

  it('none opens where the text may be whole', () => {
    for (const written of ['EventName', '"checkout"', 'count()', 'Attributes["http.route"]']) expect(wantsMore(taken(written)), written).toBe(false);
    expect(wantsMore({ ...taken('where ^'), template: 'where ${1:x}' })).toBe(false);
  });
});

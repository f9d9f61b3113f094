import { describe, expect, it } from 'vitest';
import { paletteScore } from './palette-match.ts';

const score = (typed: string, name: string, keywords = '') => paletteScore(typed, 'command', name, keywords);

describe('what was typed', () => {
  it('fits by several words, in any order, in name or keywords', () => {
    for (const typed of ['light theme', 'theme light', 'switch light', 'appearance light']) expect(score(typed, 'Switch to the light theme', 'appearance colour')).toBeGreaterThan(0);
    expect(score('run action', 'Run an action')).toBe(1);
  });
  it('does not fit when one word is nowhere', () => {
    expect(score('light banana', 'Switch to the light theme')).toBe(0);
    expect(score('dark', 'Switch to the light theme', 'appearance')).toBe(0);
  });
  it('fits by letters in their order, beginning with a word', () => {
    expect(score('swlt', 'Switch to the light theme')).toBeGreaterThan(0);
    expect(score('chkqs', 'checkout-queue-stuck')).toBeGreaterThan(0);
    expect(score('zwlt', 'Switch to the light theme')).toBe(0);
  });
  it('fits a name better than a keyword, and a command better than a thing', () => {
    expect(score('cpu', 'CPU sample')).toBeGreaterThan(score('cpu', 'Run an action', 'cpu dump'));
    expect(paletteScore('run action', 'command', 'Run an action', '')).toBeGreaterThan(paletteScore('run action', 'thing', 'run-action', ''));
    expect(paletteScore('action', 'command', 'Define', 'action')).toBeLessThan(paletteScore('action', 'thing', 'action', ''));
  });
  it('is everything while nothing is typed', () => expect(score(' ', 'x')).toBe(1));
});
